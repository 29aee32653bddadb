"""What is stored of places: areas, addresses in their streets, what the map draws, and objects of the town."""

from meldingen.places.models.address import Address, Street
from meldingen.places.models.area import Area, AreaQuerySet
from meldingen.places.models.asset import Asset, AssetKind
from meldingen.places.models.landmark import Landmark
from meldingen.places.models.map_feature import MapFeature

__all__ = ["Address", "Area", "AreaQuerySet", "Asset", "AssetKind", "Landmark", "MapFeature", "Street"]
