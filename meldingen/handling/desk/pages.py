"""The addresses of the desk on the staff site; the site's front page is the inbox."""

from django.urls import path

from meldingen.handling.desk import bulk, figures, flow, inbox, narrowing, on_map, retiring, searching, spam, tree
from meldingen.staffsite.site import site

site.mount(
    path("", site.admin_view(inbox.inbox), name="index"),
    path("beginnen/", site.admin_view(flow.begin), name="begin"),
    path("ongedaan/", site.admin_view(flow.undo), name="undo"),
    path("tegelijk/", site.admin_view(bulk.acts), name="bulk_acts"),
    path("tegelijk/kiezen/", site.admin_view(bulk.choose), name="bulk_choose"),
    path("tegelijk/<int:act_id>/", site.admin_view(bulk.page), name="bulk_act"),
    path("tegelijk/<int:act_id>/ongedaan/", site.admin_view(bulk.undo), name="bulk_undo"),
    path("spam/", site.admin_view(spam.page), name="spam"),
    path("categorieen/", site.admin_view(tree.page), name="category_tree"),
    path("categorieen/<int:row_id>/opheffen/", site.admin_view(retiring.category), name="retire_category"),
    path("teams/<int:row_id>/opheffen/", site.admin_view(retiring.team), name="retire_team"),
    path("cijfers/", site.admin_view(figures.page), name="figures"),
    path("zoeken/", site.admin_view(searching.search), name="search"),
    path("kaart/", site.admin_view(on_map.spots), name="map_spots"),
    path("kaart/grond.svg", site.admin_view(on_map.ground), name="map_ground"),
    path("filters/", site.admin_view(narrowing.filters), name="filters"),
    path("filters/bewaren/", site.admin_view(narrowing.save), name="save_worklist"),
    path("filters/<int:worklist_id>/verwijderen/", site.admin_view(narrowing.remove), name="remove_worklist"),
)
