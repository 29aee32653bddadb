"""Who did what, invitations, new passwords, sessions, and codes beside passwords."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Nobody changes a line, the owner neither; one that is older than the term of its municipality may go, and the term is
# never under ninety days, whatever stands in the setting.
APPEND_ONLY = """
CREATE FUNCTION tenancy_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.happened_at < now() - make_interval(days => (
        SELECT greatest(audit_days, 90) FROM tenancy_municipality WHERE id = OLD.municipality_id
    )) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON tenancy_auditentry
    FOR EACH ROW EXECUTE FUNCTION tenancy_audit_append_only();
CREATE FUNCTION tenancy_forget_audit(whose bigint) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number integer;
BEGIN
    WITH old AS (
        SELECT id FROM tenancy_auditentry WHERE municipality_id = whose AND happened_at < now() - make_interval(
            days => (SELECT greatest(audit_days, 90) FROM tenancy_municipality WHERE id = whose)
        ) ORDER BY happened_at LIMIT 5000
    ) DELETE FROM tenancy_auditentry USING old WHERE tenancy_auditentry.id = old.id;
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN number;
END $$;
REVOKE ALL ON FUNCTION tenancy_forget_audit FROM PUBLIC;
"""
GONE = "DROP FUNCTION tenancy_forget_audit; DROP FUNCTION tenancy_audit_append_only CASCADE"


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0007_message"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("sign_in_failed", "Sign-in failed"),
                            ("sign_in_locked", "Sign-in locked for a while"),
                            ("signed_out", "Signed out"),
                            ("idle", "Signed out after a pause"),
                            ("operator_entered", "An operator of the service came in"),
                            ("sessions_ended", "Sessions ended"),
                            ("password_changed", "Password changed"),
                            ("reset_asked", "New password asked for"),
                            ("factor_on", "Code at sign-in turned on"),
                            ("factor_off", "Code at sign-in turned off"),
                            ("factor_reset", "Code at sign-in taken away by a manager"),
                            ("recovery_used", "Recovery code used"),
                            ("invited", "Colleague invited"),
                            ("withdrawn", "Invitation withdrawn"),
                            ("rights_given", "Rights given"),
                            ("rights_changed", "Rights changed"),
                            ("rights_taken", "Rights taken away"),
                            ("setting_changed", "Setting changed"),
                            ("contact_shown", "Contact details shown"),
                            ("contact_searched", "Searched among reporters"),
                            ("contact_exported", "Contact details exported"),
                            ("person_exported", "Everything of one person given out"),
                            ("person_erased", "One person erased"),
                        ],
                        max_length=16,
                        verbose_name="what happened",
                    ),
                ),
                ("target", models.CharField(blank=True, max_length=80, verbose_name="to what")),
                ("codes", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("network", models.CharField(blank=True, max_length=43, verbose_name="network")),
                (
                    "happened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
            ],
            options={
                "verbose_name": "line of the audit log",
                "verbose_name_plural": "audit log",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("telephone", "Telephone"),
                            ("handler", "Handler of own teams"),
                            ("triage", "Triage officer"),
                            ("coordinator", "Coordinator"),
                            ("manager", "Manager"),
                        ],
                        default="triage",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("is_data_steward", models.BooleanField(default=False, verbose_name="data steward")),
                (
                    "team_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=12)),
                ("salt", models.CharField(max_length=43)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited")),
                ("expires_at", models.DateTimeField(verbose_name="until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ResetRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_key", models.CharField(max_length=64)),
                ("language", models.CharField(default="nl", max_length=12)),
                ("asked_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_factor",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seal", models.CharField(max_length=200)),
                ("last_step", models.BigIntegerField(default=-1)),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StaffSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("browser", models.CharField(blank=True, max_length=60)),
                ("network", models.CharField(blank=True, max_length=43)),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("seen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["-seen_at"],
            },
        ),
        migrations.AddField(
            model_name="municipality",
            name="audit_days",
            field=models.PositiveSmallIntegerField(
                db_default=365,
                default=365,
                help_text="Who signed in, changed rights and settings, and looked at contact details.",
                validators=[
                    django.core.validators.MinValueValidator(90),
                    django.core.validators.MaxValueValidator(3650),
                ],
                verbose_name="days that the audit log is kept",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="idle_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=30,
                default=30,
                help_text="They are warned two minutes before. What they typed is not lost.",
                validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(480)],
                verbose_name="minutes without doing anything until a colleague is signed out",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="requires_code",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Beside the password, from an app on their telephone. Who has none yet sets it up at once.",
                verbose_name="ask colleagues for a code at sign-in",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("audit_days__gte", 90), ("audit_days__lte", 3650)),
                name="municipality_keeps_its_audit_log",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("idle_minutes__gte", 5)), name="municipality_idle_is_minutes"
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="invited by",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="recoverycode",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="resetrequest",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="staffsession",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="staffsession",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                models.F("municipality"), models.OrderBy(models.F("id"), descending=True), name="audit_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                models.F("municipality"),
                models.F("kind"),
                models.OrderBy(models.F("id"), descending=True),
                name="audit_by_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                models.F("municipality"),
                models.F("actor"),
                models.OrderBy(models.F("id"), descending=True),
                name="audit_by_actor",
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(models.F("municipality"), models.F("happened_at"), name="audit_by_moment"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                models.F("municipality"), models.OrderBy(models.F("id"), descending=True), name="invitation_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                models.F("due_at"), condition=models.Q(("due_at__isnull", False)), name="invitation_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("user", "code_hash"), name="recovery_code_once"),
        ),
        migrations.AddIndex(
            model_name="staffsession",
            index=models.Index(
                models.F("user"), models.OrderBy(models.F("seen_at"), descending=True), name="staff_session_of_user"
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, GONE),
    ]
