from time import process_time

import pytest

from meldingen.classification.emergencies import is_emergency

EMERGENCIES = """
Het ruikt hier naar gas
Er hangt een GASLUCHT in het portiek
Ik ruik al een uur gas bij de school op de hoek
sterke lucht in de kelderbox, volgens mij is het gas
bij het graven is een gasleiding geraakt en het sist
Er is brand in de container achter de flat
de prullenbak op het station brandt
Er komt dikke zwarte rook uit de papiercontainer
er slaan vlammen uit het dak van de schuur
brandje in de bosjes bij het spoor
De auto voor onze deur vliegt in brand!
Rook uit de meterkast van het buurthuis
LANTAARNPAAL STAAT ONDER STROOM MIJN HOND KREEG EEN SCHOK
open stroomkabel op het speelveld
De draden hangen los uit de lantaarnpaal, kinderen kunnen erbij
er komen vonken uit de schakelkast
De deur van de elektriciteitskast is opengebroken, alles ligt open
man ligt bewusteloos op het bankje
Er ligt een gewonde fietser op de rotonde
oudere vrouw is gevallen en kan niet meer opstaan
Mijn buurman reageert niet meer en ademt niet
er is net een kind aangereden bij het zebrapad
Er ligt iemand in het water van de singel
een jongen is in de gracht gevallen
auto te water bij de brug, er zit nog iemand in
kinderen door het ijs gezakt op de vijver
gevel van het oude pand dreigt in te storten
De muur bij het plein is deels ingestort
boom staat op omvallen boven de rijbaan
De boom kan elk moment omvallen op de weg
Er is een boom omgewaaid, hij ligt over de rijbaan
putdeksel weg!!
Het deksel van de put ontbreekt, er is een gat midden op het fietspad
open put midden in het gras waar kinderen spelen
Grote explosie gehoord bij het bedrijventerrein
er wordt geschoten bij het winkelcentrum
Vechtpartij op het plein, iemand zwaait met een mes
een vrouw wordt mishandeld in het park
Er loopt benzine uit een tankwagen de sloot in
lekkende vaten met chemisch afval in de berm
man staat op het dak en wil springen
Gisteren is het putdeksel gestolen en het gat is nog open
Sinds gisteren staat de schuur in brand en niemand komt
De heide staat in lichterlaaie
mijn man krijgt geen lucht meer
jongen zit vast in het hek met zijn been
De put op de hoek ligt open, er kan zo iemand in vallen
man met mes bij de bushalte
kan niet weg er hangt overal rook in het trappenhuis | jongens slaan iemand in elkaar achter de supermarkt
man gaat springen hij staat op de rand van de parkeergarage | hij wil zichzelf iets aan doen
overval bezig bij de juwelier mannen met bivakmutsen | mijn zoontje kreeg een schok van de lichtmast
mijn dochter ligt in het water ze kan niet zwemmen | kinderen hebben het deksel van het riool gehaald

Es riecht hier nach Gas
Im Treppenhaus ist ein starker Gasgeruch
Beim Graben wurde eine Gasleitung beschädigt, es zischt
Der Müllcontainer brennt
Mülleimer am Bahnhof brennt lichterloh
Aus dem Gebäude kommt dichter schwarzer Rauch
Flammen schlagen aus dem Dach
Feuer im Wald hinter der Schule
Das Auto vor unserem Haus steht in Flammen
Rauch aus dem Stromkasten
Der Laternenmast steht unter Strom
Stromkabel liegt offen auf dem Gehweg
An der Laterne hängen die Kabel frei heraus
Der Schaltkasten ist aufgebrochen und offen
Aus dem Verteilerkasten sprühen Funken
Ein Mann liegt bewusstlos auf der Bank
Person nicht ansprechbar an der Haltestelle
Radfahrer schwer verletzt an der Kreuzung
Ältere Frau gestürzt, blutet stark am Kopf
Ein Kind wurde gerade angefahren
Mein Nachbar atmet nicht mehr
Ein Kind ist ins Wasser gefallen
Im Rhein treibt ein Mensch und schreit um Hilfe
Jemand ertrinkt gerade im See
Die Mauer droht einzustürzen
Einsturzgefahr am alten Gebäude
Ein Teil der Brücke ist eingestürzt
Der Baum droht auf die Straße zu fallen
Baum kann jeden Moment umstürzen
Ein Baum ist auf die Fahrbahn gestürzt
Gullydeckel fehlt, offenes Loch auf der Straße
Der Kanaldeckel ist verschwunden
Schacht ohne Deckel auf dem Spielplatz
Starke Explosion im Industriegebiet
Verdächtiger Koffer am Bahnhof
Es fallen Schüsse vor der Bar
Schlägerei am Bahnhof, einer hat ein Messer
Ein Mann bedroht Leute mit einem Messer
Eine Frau wird gerade überfallen
Benzin ist ausgelaufen und fließt in den Bach
Fässer mit Chemikalien im Wald abgeladen
Jemand steht auf dem Dach und will springen
Seit gestern brennt die Wiese immer noch
Feuer!
wir können nicht raus überall Rauch im Treppenhaus | Auto ist in den See gefahren
zwei Männer prügeln auf einen am Boden liegenden ein | Überfall auf die Tankstelle der Mann hat eine Waffe
Radfahrer wurde von einem LKW erfasst | meine Frau bekommt keine Luft | der CO-Melder piept
von der Fassade fallen Steine auf den Gehweg | ein dicker Ast ist gebrochen und hängt direkt über dem Spielplatz
die Mauer droht auf den Gehweg zu fallen | starker Knall und jetzt liegt die Hauswand auf der Straße

I can smell gas in the street
Strong odor of gas near the school
Contractor hit a gas line and it is hissing
There is a fire in the dumpster behind our building
The car on the corner is on fire
The hillside is burning
Thick black smoke coming from the roof of the house
Flames are visible behind the garage
Someone started a fire under the bushes, it is spreading
Smoke is pouring out of the manhole
Live wire on the sidewalk
Power lines are down across the street
Exposed wires hanging out of the light pole
The electrical box is open and sparking
I got an electric shock from the lamp post, got shocked twice
A man is unconscious on the bench
There is a woman lying on the ground, not moving
An injured cyclist is on the road
My neighbor is not breathing
A child was just hit by a car at the crosswalk
He had a heart attack at the bus stop, need an ambulance
Someone is drowning near the pier
A boy fell into the canal
There is a car in the water by the boat ramp
A kid fell through the ice
The retaining wall is about to collapse
Part of the old building has collapsed
The balcony collapsed onto the walkway
A huge tree is about to fall on the road
Tree fell across both lanes of the street
This branch will come down any minute
Manhole cover is missing
Open manhole in the middle of the road
Loud explosion at the gas station
Shots fired outside the bar
We heard gunshots and screaming
A man is waving a knife at people
Someone is being attacked in the park
There is a body floating in the creek
Chemical spill on the highway
Gasoline is leaking from a truck into the storm drain
Someone is on the bridge and threatening to jump
Yesterday the manhole cover was stolen and it is still missing
Please put out the fire in the bushes
FIRE at 12 Main Street
smoke everywhere in the hallway | My mother isn't moving | I heard shots and people are running
she is going to kill herself | somebody is in the lake he can't swim | huge bang and now half the house is gone
"""

EVERYDAY = """
gasflesje gedumpt | Lachgasflessen in het park | vuurwerkafval op straat | De brandweerauto kon er niet langs
de lamp brandt niet | De lantaarn brandt overdag | Brand in container was gisteren
De container is vorige week uitgebrand | brandnetels langs het pad | De brandkraan lekt
rook van de houtkachel van de buren | Uitgebrande auto bij het bos | In geval van brand kan de hulpdienst er niet door
Als er brand is kan niemand naar buiten | ik ben bang voor brand
De buren zijn elke avond aan het barbecueën, overal rook | Scooters geven gas en stinken | stank uit het riool
Laadpaal geeft geen stroom | Er is geen stroom in het paviljoen | Kabel van de glasvezel ligt los op de stoep
laadkabel ligt over de stoep | Gewonde duif op het plein | dode eend in de vijver | Straks raakt hier iemand gewond
Voordat er een kind wordt aangereden moet er een drempel komen | Bijna aangereden op het zebrapad
Levensgevaarlijke oversteek voor fietsers | niemand gewond, alleen schade aan het hek
Een man slaapt op de grond in het portiek | fiets in de gracht gegooid | Plas water op het fietspad
putdeksel klappert als er een auto overheen rijdt | Put verstopt | Losse stoeptegel, ik ben gestruikeld
dode boom voor ons huis | Takken vallen op mijn auto | De boom geeft veel schaduw | explosie van ratten in de wijk
Elke dag vuurwerk, het knalt en ontploft overal | Er wordt regelmatig gevochten op het plein
jongeren hangen rond en schreeuwen | Verf gemorst op de stoep | het deksel van de container is weg
Kind gevallen van de glijbaan, de treden zijn te glad | Er worden hier vaak mensen beroofd, zet camera's neer
De stroomkast staat vol stickers | Losse stenen, ik ben gevallen op de stoep
De man van nummer 8 zet zijn auto altijd op de stoep

Die Lampe brennt den ganzen Tag | Straßenlaterne brennt nicht | Es brennt kein Licht im Tunnel | Brennnesseln am Weg
Feuerwehrzufahrt zugeparkt | Böllerreste auf der Straße | Feuerwerk jeden Abend
Der Container ist letzte Woche ausgebrannt | Gestern brannte ein Mülleimer | Rauch vom Kaminofen der Nachbarn
Gasflasche im Gebüsch entsorgt | Motorräder geben Gas | Der Kanal stinkt | Stromkasten besprüht
Kein Strom an der Ladesäule | Telefonkabel liegt auf dem Gehweg | Kasten der Telekom offen
Verletzte Taube am Seeufer | Tote Ente im Teich | Bevor ein Kind angefahren wird muss etwas passieren
Hier wird irgendwann jemand überfahren | Lebensgefahr für Radler an der Kreuzung | Niemand verletzt, nur Blechschaden
Mann schläft auf der Bank | Fahrrad im Seerhein | Muss erst jemand ertrinken? | Pfütze auf dem Radweg
Gullydeckel klappert | Gully verstopft | Der Baum ist krank | Der Ast hängt in den Gehweg
Explosion der Rattenpopulation | Hundekot auf der Wiese | Jugendliche sind laut | Im Brandfall kommt niemand durch
Die Wiese ist verbrannt von der Sonne | Das Wasser im See ist trüb | Müll ins Wasser geworfen
Schlaglöcher in der Straße | Die Mauer ist beschmiert | Ölfleck auf dem Parkplatz | Messergebnisse der Luftqualität

firehouse lawn is overgrown | Fire hydrant is leaking | Dead grass is a fire hazard | Car parked in the fire lane
Need brush clearing on fire road | The street light is burning all day | Neighbor's fireplace smoke
Illegal fireworks every night | Gas powered leaf blowers smell awful | Sewer gas smell
The gas station sign is broken | There was a fire yesterday, leaving trash | If there is a fire nobody can get out
Burned out car abandoned | Encampment trash under the bridge | Internet cable is hanging from the pole
The light pole is rusty | No power at the charging station | Injured bird in the park | Dead deer on the road
Someone is going to get hurt on this sidewalk | Before a child is hit by a car we need a stop sign
I almost got hit by a car | Cars often run the red light, somebody could be killed | Nobody was injured
A man is sleeping on the ground | Shopping cart in the creek | Puddle on the bike path
Manhole cover is noisy when cars pass | Storm drain is clogged | The tree needs pruning
Tree roots lifting the sidewalk | Collapsed storm drain pipe | Rat population explosion
Photo shoot blocking the trail | Flat tire abandoned car | Graffiti on the wall | Knife left in the sandbox last year
Paint cans dumped | Oil stains on the driveway | Kids are yelling | It is a pain to put the open bin back
There was a fire drill at school
"""

TAILS = """
bij een school | bij een brug straks is het te laat | er komen elke dag kinderen langs | elke seconde telt
kom alstublieft snel voordat er iets gebeurt | en ik ben bang | het risico is groot
neben einer Schule | und wir haben Angst | es könnte noch schlimmer werden bevor jemand kommt
and please come before it is too late | it might get worse | it gets worse every minute | I fear the worst
"""


def sentences(table):
    return [text.strip() for line in table.splitlines() if line for text in line.split("|")]


@pytest.mark.parametrize("text", sentences(EMERGENCIES))
def test_it_sees_what_may_not_wait(text):
    assert is_emergency(text)


@pytest.mark.parametrize("tail", sentences(TAILS))
def test_what_people_add_takes_nothing_away(tail):
    assert [text for text in sentences(EMERGENCIES) if not is_emergency(f"{text.rstrip('.!')} {tail}")] == []


@pytest.mark.parametrize("text", sentences(EVERYDAY))
def test_it_leaves_alone_what_only_looks_like_it(text):
    assert not is_emergency(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gisteren stond de schuur in brand", False),
        ("Gisteren stond de schuur in brand. Nu ruik ik gas.", True),
        ("Sinds gisteren staat de schuur in brand", True),
        ("Er is elke week brand in een container", False),
        ("Het ruikt elke week naar gas", True),
        ("Als er brand is in de flat", False),
        ("Als de boom dreigt om te vallen", True),
        ("Vorig jaar hing hier een gaslucht", False),
        ("Vorig jaar rook het naar gas en nu weer", True),
        ("er is brand in een container met resten hout", True),
        ("Straks slaat het over, er is brand bij een school", True),
        ("kom snel voordat het te laat is er staat een huis in brand", True),
        ("The house is on fire and might explode", True),
        ("Es brennt und es könnte auf das Haus übergreifen", True),
        ("Gestern brannte der Container", False),
        ("Yesterday there was a fire in the bushes", False),
    ],
)
def test_what_passed_or_may_come_is_none_but_what_lasts_is(text, found):
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("geen gaslucht", False),
        ("er is niemand gewond", False),
        ("hij reageert niet, man is bewusteloos", True),
        ("nobody was injured", False),
        ("no people around, man is unconscious", True),
        ("het ruikt niet naar gas", False),
        ("There isn't a fire", False),
        ("kan niet weg overal brand", True),
        ("we kunnen er niet uit brand in het portiek", True),
        ("geen grap brand in flat", True),
        ("This is no joke fire in the building", True),
        ("dit is geen oefening er is brand", True),
    ],
)
def test_what_is_denied_is_none_but_not_all_that_follows_a_no(text, found):
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er is brand, kan er iemand komen", True),
        ("Kan iemand snel komen er is brand in de flat", True),
        ("Ik ben bang, er loopt een man met een pistool", True),
        ("Ik ben bang dat hier brand komt", False),
        ("De man die hier altijd zit ligt bewusteloos op de bank", True),
        ("I'm worried, a man is lying unconscious on the sidewalk", True),
        ("I am worried that someone will be injured", False),
        ("Könnte bitte jemand kommen, ein Mann liegt bewusstlos im Park", True),
        ("Es ist eine Frage der Zeit bis jemand angefahren wird", False),
    ],
)
def test_a_fear_is_none_but_who_is_afraid_may_report_one(text, found):
    assert is_emergency(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("het ruikt hier\nnaar gas", True),
        ("de schuur staat in\r\nbrand", True),
        ("Es riecht hier\rnach Gas", True),
        ("gisteren gemeld\ner is brand", True),
        ("het ruikt hier\n\nde monteur van het gas was er", False),
        ("het ruikt hier\r\n \r\nde monteur van het gas was er", False),
    ],
)
def test_a_line_break_is_in_a_sentence_or_ends_it(text, found):
    assert is_emergency(text) is found


@pytest.mark.parametrize("mark", "'’‘ʼ´`")
def test_apostrophes_are_read(mark):
    texts = [
        "My husband can't breathe",
        "My wife won't wake up",
        "There's a fire",
        "He's unconscious",
        "THERE'S A FIRE",
    ]
    assert all(is_emergency(text.replace("'", mark)) for text in texts)
    assert not is_emergency("There isn't a fire".replace("'", mark))


def test_words_far_apart_or_in_another_sentence_are_no_danger():
    assert is_emergency("gas in de straat, denk ik, het ruikt")
    assert not is_emergency("gas " + "en dan nog iets " * 4 + "ruikt")
    assert not is_emergency("De monteur van het gas was hier. Het ruikt naar verf.")


@pytest.mark.parametrize(
    "text", ["ES RIECHT NACH GAS", "Gebaeude stuerzt ein", "Gebäude stürzt ein", "ｇａｓｌｕｃｈｔ", "gas\u00adlucht"]
)
def test_spelling_does_not_matter(text):
    assert is_emergency(text)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", ",", "|", "😀", "@person", "*", "_"])
def test_text_without_words_is_none(text):
    assert not is_emergency(text)


@pytest.mark.parametrize("text", [None, 3, float("nan"), b"gaslucht"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(TypeError):
        is_emergency(text)


@pytest.mark.parametrize("text", ["gas " * 50_000, "gas.\n" * 50_000, "man ligt, tree road " * 9_000, "ﷺ" * 100_000])
def test_no_text_keeps_a_worker_busy(text):
    started = process_time()
    is_emergency(text)
    assert process_time() - started < 0.5
