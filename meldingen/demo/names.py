"""Names of the invented town: its streets by the theme of their buurt, its water, its parks and its shops."""

from collections.abc import Mapping, Sequence

# The first part of a street's name; the buurt says the theme.
THEMES: Mapping[str, Sequence[str]] = {
    "Oude Markt": ("Markt", "Wever", "Smede", "Kerk", "Waag", "Brouwers", "Pannekoek", "'s-Heren"),
    "Havenkwartier": ("Kade", "Haven", "Scheepmakers", "Touw", "Zeil", "Kraan", "Loods", "Anker"),
    "Kloosterhof": ("Klooster", "Abdij", "Monniken", "Kapel", "Pastorie", "Sint-Anna"),
    "Stationsbuurt": ("Stations", "Spoor", "Perron", "Rails", "Wissel", "Emplacements", "Locomotief"),
    "Vestinghof": ("Vesting", "Wal", "Bastion", "Poort", "Kruit", "Ravelijn"),
    "Molenakker": ("Molen", "Wieken", "Meel", "Koren", "Haver", "Tarwe"),
    "Het Laar": ("Laar", "Eiken", "Beuken", "Essen", "Iepen", "Elzen"),
    "Wilgenhof": ("Wilgen", "Knotwilg", "Katjes", "Schors", "Twijg", "Treurwilg", "Griend"),
    "Kersentuin": ("Kersen", "Morellen", "Pruimen", "Kweeperen", "Boomgaard", "Reineclaude"),
    "Noorderpoort": ("Noorder", "Kompas", "Poolster", "Magneet", "Noorderlicht", "Windroos"),
    "Weidevogelbuurt": ("Grutto", "Kievit", "Tureluur", "Wulp", "Scholekster", "IJsvogel", "Leeuwerik", "Watersnip"),
    "Componistenbuurt": ("Mozart", "Bach", "Vivaldi", "Brahms", "Händel", "Schubert"),
    "Schrijversbuurt": ("Vondel", "Bredero", "Multatuli", "Couperus", "Huygens", "Beets"),
    "Rietlanden": ("Riet", "Lisdodde", "Dotterbloem", "Waterlelie", "Kalmoes", "Pluimriet"),
    "De Hoeven": ("Hoeve", "Deel", "Hooiberg", "Schuur", "Stal", "Brink"),
    "Kastanjehof": ("Kastanje", "Noten", "Walnoot", "Hazelaar", "Amandel"),
    "Kruidenbuurt": ("Tijm", "Rozemarijn", "Salie", "Munt", "Dille", "Bieslook", "Laurier"),
    "Bloemenbuurt": ("Tulpen", "Rozen", "Dahlia", "Anjer", "Lelie", "Narcissen"),
    "Staatsliedenbuurt": ("Thorbecke", "Schaepman", "Talma", "Kuyper", "Troelstra", "Colijn"),
    "Waterwijk": ("Plas", "Golf", "Branding", "Duin", "Schelp", "Vuurtoren", "Zeester"),
    "Bedrijvenpark De Gagel": ("Gagel", "Ampère", "Edison", "Nijverheids"),
    "Sterrenbuurt": ("Orion", "Venus", "Saturnus", "Komeet", "Melkweg", "Jupiter"),
    "Schippersbuurt": ("Schippers", "Tjalk", "Roer", "Boeg", "Kombuis"),
    "Dijkzicht": ("Dijk", "Kribben", "Bazalt", "Talud", "Sluis", "Peil"),
    "Veerhaven": ("Veer", "Pont", "Steiger", "Meerpaal"),
    "De Uiterwaard": ("Uiterwaard", "Zomerkade", "Waarden"),
    "Zonnewaard": ("Zonne", "Zomer", "Middag", "Morgen"),
    "Dorp Lindekerk": ("Linde", "Dorps", "Kosters", "Pastoors"),
    "Achterbroek": ("Achterbroek", "Broek", "Turf"),
    "Hogebroek": ("Hogebroek", "Veen", "Plaggen"),
    "Kromme Wetering": ("Wetering", "Sloot", "Kwelder"),
}
ENDINGS = ("straat", "weg", "laan", "pad", "hof", "plein", "dreef", "singel")
# A name that the walk and the docs know.
FIRST = "Marktplein"

SHOPS = (
    "de bakker", "de supermarkt", "de apotheek", "de bibliotheek", "de basisschool", "de sporthal", "het station",
    "de kerk", "de fietsenmaker", "het buurthuis", "de snackbar", "de tandarts", "het zwembad", "de bushalte",
    "de bloemist", "het verzorgingshuis",
)  # fmt: skip
