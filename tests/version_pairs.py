"""Articles in two versions, written by hand, as newsrooms change them."""

from __future__ import annotations

FERRY = """Ferry fire off Ostermund leaves 12 injured

By Hanna Reeve

14 March 2026

A fire in the engine room of the ferry Solveig injured 12 people off Ostermund early on Saturday, the coastguard said.

The ferry, with 184 passengers on board, was on its way to Karlsborg when smoke filled the car deck at about 3 a.m.

"We heard a bang and then the lights went out," said Peter Lang, a lorry driver. "Nobody panicked, and the crew did \
a great job."

The fire was put out after two hours by crews from three lifeboats. The cause is not known, said Marta Holm, a \
spokeswoman for the coastguard.

The ship was built in 1998 and was last inspected in October. All crossings on Sunday were cancelled.
"""
FERRY_CORRECTED = (
    FERRY.replace("12", "21")
    .replace("184", "148")
    .replace('"Nobody panicked, and the crew', '"The crew')
    .replace(' "', " “")
    .replace("Holm, a spokeswoman", "Holm, a press officer")
    + "\nAn earlier version of this article gave the number of passengers as 184.\n"
)

POOL = """Stadtrat von Lindenau beschließt neues Freibad

Der Stadtrat von Lindenau hat am Montag den Bau eines neuen Freibads beschlossen. Für den Plan stimmten 23 Mitglieder.

„Das ist ein guter Tag für die Familien dieser Stadt“, sagte Bürgermeisterin Anja Petzold nach der Sitzung.

Das Bad soll 18 Millionen Euro kosten und im Jahr 2028 öffnen. Der Bund der Steuerzahler hatte den Plan kritisiert.

„Wir können uns dieses Bad nicht leisten“, sagte Oppositionsführer Ralf Kessler. Er kündigte an zu klagen.

Das alte Freibad war 2021 wegen Rissen im Becken geschlossen worden.
"""
POOL_CORRECTED = (
    POOL.replace("Bürgermeisterin Anja Petzold", "Sportdezernentin Karin Wolff")
    .replace("2028", "2029")
    .replace("Plan kritisiert", "Plan nicht kritisiert")
    .replace("Kessler", "Keßler")
    .replace("„", "»")
    .replace("“", "«")
)

MAYOR = """Le maire de Valbonne démissionne

Le maire de Valbonne, Philippe Garnier, a annoncé lundi sa démission, après neuf ans à la tête de la commune.

« Je pars la tête haute, parce que cette ville va mieux qu'en 2017, et parce que je n'ai rien à me reprocher dans \
cette affaire », a déclaré Philippe Garnier devant la presse.

La chambre des comptes avait relevé en décembre des dépenses injustifiées de 340 000 euros. Une enquête est ouverte.

Le conseil municipal élira son successeur le 26 janvier. La première adjointe, Lucie Arnaud, est donnée favorite.
"""
MAYOR_CUT = (
    MAYOR.replace(", et parce que je n'ai rien à me reprocher dans cette affaire", "")
    .replace("Le maire de Valbonne démissionne", "Valbonne : le maire démissionne sur fond d'enquête")
    .replace("'", "’")
)

MUSEUM = """Museum of Tarbury reopens after flood

The Museum of Tarbury reopened on Thursday, 14 months after a flood destroyed its ground floor.

The repairs cost 6.2 million pounds, most of it paid by insurers. The city added 800,000 pounds.

"I never thought we would see this day so soon," said the director, Alice Brandt.

More than 3,000 objects had been carried to the upper floors by volunteers on the night of the flood.

Two paintings by Lowell Marsh were lost. A third was restored in Edinburgh.
"""
_PARAGRAPHS = MUSEUM.strip().split("\n\n")
MUSEUM_MOVED = "\n\n".join([*_PARAGRAPHS[:2], *_PARAGRAPHS[3:], _PARAGRAPHS[2]]) + "\n"

TRAINS = """Bahn streicht Züge zwischen Kassel und Fulda

Die Bahn streicht bis August jeden zweiten Zug nach Fulda. Grund sind Arbeiten an Brücken - sie dauern länger.

"Wir bitten alle Fahrgäste um Geduld", sagte Sprecher Jonas Thiel. Rund 12.000 Pendler sind betroffen.

Die Kosten stiegen um 5 % auf 40 Millionen Euro. Ein Verband sprach von einem Desaster... Es geht weiter.
"""
TRAINS_RESET = (
    TRAINS.replace(" - ", " – ")
    .replace('"Wir', "„Wir")
    .replace('Geduld"', "Geduld“")
    .replace("5 %", "5\N{NO-BREAK SPACE}%")
    .replace("40 M", "40\N{NARROW NO-BREAK SPACE}M")
    .replace("...", "…")
    .replace("jeden zweiten", "jeden  zweiten")
)

FOREST = """Un incendio obliga a evacuar a 300 vecinos en Arán

Un incendio forestal declarado el martes obligó a evacuar a 300 vecinos, informó la Generalitat.

El fuego ha quemado 120 hectáreas, según los bomberos, que trabajan con ocho helicópteros.

«La situación es preocupante por el viento», dijo el alcalde, Jordi Puig.

La causa del incendio fue un rayo, según los agentes rurales. No hay heridos.

La carretera N-230 sigue cortada en ambos sentidos.
"""
FOREST_UPDATED = (
    FOREST.replace("300", "450")
    .replace("quemado 120", "quemado más de 120")
    .replace("el alcalde, Jordi Puig", "la alcaldesa de Les, Núria Puig")
    .replace("fue un rayo", "pudo ser un rayo")
    + "\nUnos 40 militares llegarán el miércoles.\n"
)
