"""The addresses of the telephone on the staff site."""

from django.urls import path

from meldingen.staffsite.site import site
from meldingen.telephone import views

site.mount(
    path("telefoon/", site.admin_view(views.call), name="telephone"),
    path("telefoon/brief/<int:melding_id>/", site.admin_view(views.letter), name="letter"),
)
