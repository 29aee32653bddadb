"""The web process, in the private stack and in the image alike. GUNICORN_CMD_ARGS overrides."""

from meldingen.conf.settings import WEB_CONCURRENCY, WEB_THREADS

wsgi_app = "meldingen.conf.wsgi:application"
workers = WEB_CONCURRENCY
threads = WEB_THREADS
preload_app = True  # one copy of the code in memory
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
forwarded_allow_ips = ""  # whose X-Forwarded-Proto is believed is a setting of the application (BEHIND_PROXY)
worker_tmp_dir = "/dev/shm"  # noqa: S108  a disk that stalls must not kill a worker
