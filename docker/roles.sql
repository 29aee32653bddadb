-- Makes the roles of the database, and the database. May be run again; it says nothing when nothing changes.
--
--   OWNER_PASSWORD=… APP_PASSWORD=… psql -X -q -v ON_ERROR_STOP=1 -d postgres -f docker/roles.sql
--
-- Who runs it may make roles and databases: the superuser, or the administrator that a managed PostgreSQL gives you.
--   owner   owns everything and runs `migrate`; no process that answers a request has its password
--   app     web, workers and beat: the rights that `migrate` gives it, table by table
--   public  what app becomes to answer a page of the public; nobody logs in as it
-- Other names: -v owner=… -v app=… -v public=… -v database=…
\if :{?owner}
\else
  \set owner meldingen
\endif
\if :{?app}
\else
  \set app meldingen_app
\endif
\if :{?public}
\else
  \set public meldingen_public
\endif
\if :{?database}
\else
  \set database meldingen
\endif
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
SET client_min_messages = warning;
SELECT format('CREATE ROLE %I', name)
  FROM unnest(ARRAY[:'owner', :'app', :'public']) name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN PASSWORD :'owner_password';
-- NOINHERIT: the rights of public do not add to those of app; app must become public to use them.
ALTER ROLE :"app" LOGIN NOINHERIT PASSWORD :'app_password';
ALTER ROLE :"public" NOLOGIN;
GRANT :"public" TO :"app";
-- The owner may end sessions of the application and take over what it made. An administrator who is no superuser has
-- to belong to the owner to give it a database.
GRANT :"app" TO :"owner";
SELECT format('GRANT %I TO CURRENT_USER', :'owner')
  FROM pg_roles WHERE rolname = current_user AND NOT rolsuper AND rolname <> :'owner' \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
\connect :"database"
SET client_min_messages = warning;
-- What an earlier installation made with the one role that it had.
SELECT format('ALTER DATABASE %I OWNER TO %I', :'database', :'owner')
  FROM pg_database WHERE datname = :'database' AND datdba <> :'owner'::regrole \gexec
REASSIGN OWNED BY :"app" TO :"owner";
CREATE EXTENSION IF NOT EXISTS postgis;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";
