"""The addresses below /demo/."""

from django.urls import path

from meldingen.showroom import views

urlpatterns = [
    path("", views.door, name="demo"),
    path("als/", views.enter, name="demo_enter"),
    path("post/", views.letters, name="demo_post"),
    path("post/<str:name>", views.letter, name="demo_letter"),
]
