"""The staff site's own pages, at their addresses."""

from django.urls import path

from meldingen.staffsite import account_page, audit_page, helping, invitation_pages, reset_pages, signing
from meldingen.staffsite.site import site

site.mount(
    # Before somebody is logged in.
    path("login/code/", signing.code, name="login_code"),
    path("login/code-instellen/", signing.setup, name="login_setup"),
    path("uitnodiging/<str:token>", invitation_pages.accept, name="accept_invitation"),
    path("wachtwoord/vergeten/", reset_pages.ask, name="forgot"),
    path("wachtwoord/<uidb64>/<token>/", reset_pages.choose, name="password_reset_confirm"),
    path("sessie/", account_page.still_there, name="still_there"),
    path("account/", site.admin_view(account_page.show), name="account"),
    path("account/uitloggen/", site.admin_view(account_page.end_others), name="end_others"),
    path("account/uitloggen/<int:session_id>/", site.admin_view(account_page.end_session), name="end_session"),
    path("account/code/", site.admin_view(account_page.set_up_code), name="set_up_code"),
    path("account/code/wijzigen/", site.admin_view(account_page.change_code), name="change_code"),
    path("collegas/uitnodigen/", site.admin_view(invitation_pages.invite), name="invite"),
    path("collegas/uitnodiging/<int:invitation_id>/", site.admin_view(invitation_pages.change), name="invitation"),
    path("collegas/<int:membership_id>/hulp/", site.admin_view(helping.help_colleague), name="help_colleague"),
    path("logboek/", site.admin_view(audit_page.show), name="audit"),
    path("logboek.csv", site.admin_view(audit_page.give), name="audit_csv"),
)
