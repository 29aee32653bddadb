"""Each task has a queue, so that none waits behind a flood of another kind, and seconds after which it is asked to stop
and then killed. `periodic` is for what beat starts often and is done at once; what takes long is `bulk`.
"""

from kombu import Queue

NAMES = ("classify", "mail", "photos", "periodic", "bulk")
TASKS = {
    "meldingen.routing.tasks.classify_and_route": ("classify", 60, 90),
    "meldingen.notifications.tasks.deliver": ("mail", 60, 90),
    "meldingen.notifications.tasks.send_link": ("mail", 60, 90),
    # Longer than the child that decodes may take, shorter than the lease of its photo.
    "meldingen.attachments.tasks.prepare_photo": ("photos", 140, 170),
    # Who is on duty never waits behind a flood of receipts.
    "meldingen.notifications.tasks.tell_mailbox": ("periodic", 45, 60),
    "meldingen.accounts.tasks.send_invitation": ("mail", 60, 90),
    "meldingen.accounts.tasks.answer_reset": ("mail", 60, 90),
    "meldingen.exports.tasks.write_export": ("bulk", 840, 900),
    "meldingen.periodic.sweep": ("periodic", 45, 60),
    "meldingen.periodic.tell_mailboxes": ("periodic", 45, 60),
    "meldingen.periodic.read_bounces": ("bulk", 240, 300),
    "meldingen.periodic.tell_what_is_broken": ("bulk", 240, 300),
    "meldingen.periodic.forget_reporters": ("bulk", 1500, 1800),
    "meldingen.periodic.forget_photos": ("bulk", 1500, 1800),
    "meldingen.periodic.forget_exports": ("bulk", 240, 300),
    "meldingen.periodic.forget_fingerprints": ("bulk", 1500, 1800),
    "meldingen.periodic.forget_sessions": ("bulk", 240, 300),
    "meldingen.handling.bulk_tasks.carry_out": ("bulk", 1500, 1800),
    "meldingen.periodic.forget_audit": ("bulk", 1500, 1800),
    "analytics.tasks.fold_facts": ("bulk", 240, 300),
    "opendata.tasks.publish_closed_months": ("bulk", 240, 300),
    "opendata.tasks.publish_period": ("bulk", 2700, 3000),
    "opendata.tasks.write_release_files": ("bulk", 1500, 1800),
    "opendata.tasks.push_to_ckan": ("bulk", 240, 300),
    "opendata.tasks.push_dataset_to_ckan": ("bulk", 1500, 1800),
    "opendata.tasks.push_to_every_ckan": ("bulk", 240, 300),
}
QUEUES = [Queue(name) for name in NAMES]
ROUTES = {name: {"queue": queue} for name, (queue, _soft, _hard) in TASKS.items()}
LIMITS = {name: {"soft_time_limit": soft, "time_limit": hard} for name, (_queue, soft, hard) in TASKS.items()}
