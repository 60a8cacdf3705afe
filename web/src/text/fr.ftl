# Mots de l’interface. Neutres de forme : ce qui est dit, par qui, avec quelle sûreté.

screen-situation = Situation
screen-incident = Incident
screen-agreement = Accord
screen-process = Processus
screen-report = Rapport
screen-record = Registre
screen-sign-in = Connexion
screen-setup = Créer le premier administrateur
rooms = Écrans
skip = Aller au contenu
loading = Chargement …
refused = Impossible d’afficher ceci.
try-again = Réessayer
no-such-page = Cette page n’existe pas
as-of = Au
language = Langue
dark = Sombre
share = Copier le lien
share-why = Le lien garde le filtre, la vue de la carte et le point de contrôle du journal
copied = Copié
close = Fermer
clear = Effacer
remove = Retirer
download = Télécharger
grown = Le registre s’est enrichi.
show-new = Afficher
seen-before = Ce lien date du point de contrôle
see-changes = Ce qui a changé depuis
see-now = Continuer à ce jour
sign-in = Connexion
sign-out = Déconnexion
sign-in-why = Lire ne demande aucun compte. La connexion montre ce que votre rôle peut voir.
setup-why = Le lien contient un jeton à usage unique. Choisissez un nom et un mot de passe ; il n’y en a pas par défaut.
name = Nom
password = Mot de passe
role-public = Public
role-analyst = Analyste
role-reviewer = Relecteur
role-guarantor = Garant
role-administrator = Administrateur

keys = Touches
key-next = incident suivant, précédent dans la liste
key-open = ouvrir l’incident choisi
key-claim = mots suivants, précédents dans la page
key-incident = incident précédent, suivant
key-brush = déplacer une borne de la période quand elle a le focus
key-zoom = rapprocher, éloigner la carte quand elle a le focus
key-close = abandonner le choix
key-help = ces touches

filters = Filtres
search = Chercher des mots
period = Période
last-days = { $n ->
    [one] Dernier jour
   *[other] { $n } jours
}
whole = Tout
from = Du
to = Au
days-of-place = Jours civils du lieu
act = Acte
zone = Zone
verdict = Verdict
status = Sûreté
term = Clause
agreement = Accord
no-background = Sans le contexte
more-filters = Plus
nothing-to-choose = Rien à choisir
compare = Comparer les périodes
what = Quoi
change = Écart
before-record = La période précédente commence avant le registre : une partie n’a jamais été lue.
when-unknown = jour inconnu
when-until = { $day } ou avant
when-from = { $day } ou après
when-between = entre le { $from } et le { $to }
count-at-least = au moins { $low }
count-between = { $low }–{ $high }
metres = { $n } m
kilometres = { $n } km

map = Carte
map-words = Carte de { $n ->
    [one] un incident
   *[other] { $n } incidents
}. La liste à côté les contient tous.
area = Une partie de la carte seulement
map-missing = La carte ne peut être dessinée ici. La liste contient tout ce qu’elle montrerait.
list = Incidents
incidents = Incidents
incidents-count = { $n ->
    [one] { $n } incident
   *[other] { $n } incidents
}
more-than-shown = { $shown } sur { $total } sont dans la liste.
show-more = Afficher plus
none-found = Aucun incident sous ces filtres. Regardez la couverture avant d’y lire le calme.
unplaced = { $n ->
    [one] { $n } incident sans lieu sur la carte
   *[other] { $n } incidents sans lieu sur la carte
}
not-on-map = Connu au niveau du pays seulement, ou sans lieu
within = à { $distance } près
weight = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $origins ->
    [one] { $origins } origine
   *[other] { $origins } origines
}, dont { $independent ->
    [one] { $independent } indépendante
   *[other] { $independent } indépendantes
}
incident-title = { $act }, { $place }, { $when }
place-unknown = lieu inconnu
place-between = entre { $place }
zoom-in = Rapprocher
zoom-out = Éloigner
zoom-all = Tout montrer
legend = Légende
legend-shape = Quoi
legend-colour = Sûreté
legend-filling = Fondé sur
legend-region = où il peut se situer
legend-cluster = autant ensemble, l’anneau selon la certitude
legend-zone = zone et sa bande
shape-air = depuis les airs
shape-fire = bombardement
shape-blast = explosif
shape-clash = combats
shape-people = civils
shape-ground = forces, terrain
shape-aid = aide, observateurs
shape-other = autre
strength-0 = aucune origine indépendante
strength-1 = une
strength-2 = deux ou plus
timeline = Jours
timeline-words = { $n ->
    [one] Un incident
   *[other] { $n } incidents
} du { $from } au { $to }, par jour, au-dessus d’une bande par zone qui dit qui pouvait la voir
incidents-by-day = Incidents par jour, max. { $most }
outside-zones = Hors des zones
coverage = Couverture
earlier = { $n } avant le { $day }
undated = { $n } sans premier jour
play = Lire
pause = Pause
pace = Vitesse
step-back = Un jour en arrière
step-on = Un jour en avant
zone-days = Jours des zones
sight-incidents = incidents rapportés
sight-nothing-told = observé, rien de rapporté
sight-hindered = observateurs empêchés
sight-unwatched = personne de la zone entendu
sight-blind = aucune page ne parle du jour

known = Ce qui est connu
element = Élément
told = Ce qui est dit
how-surely = Sûreté
element-occurrence = Que cela a eu lieu
element-place = Où
element-time = Quand
element-means = Par quel moyen
element-toll = Bilan
element-author = Par qui
not-told = non dit
author-unknown = Aucun récit ne dit qui l’a fait
says = selon { $who }
targets = Contre
candidates = Peut être
background = Contexte
series = Une série d’actes
words = Les mots
words-n = Mots { $n }
words-of = { $n ->
    [one] Les mots
   *[other] Les mots, { $n } passages
}
no-words = Aucun mot ne vous est ouvert ici.
claim-of = { $at } sur { $n }
next-claim = Mots suivants
previous-claim = Mots précédents
next-incident = Incident suivant
previous-incident = Incident précédent
denied = nié
bytes = octets { $from }–{ $to }
page-as-captured = La page telle que saisie : { $name }
origins = Origines
pages = Pages
origins-sum = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
} → { $origins ->
    [one] { $origins } origine
   *[other] { $origins } origines
} → { $independent ->
    [one] { $independent } indépendante
   *[other] { $independent } indépendantes
} des parties
why-origins = Pourquoi ces origines
accounts = Récits côte à côte
accounts-differ = les récits diffèrent
by = Par
figure = Chiffre
preferred = Récit retenu :
contradiction = Contradiction
findings = Constats
no-findings = Jugé sous aucune clause.
machine-proposes = La machine propose : seule une personne vérifie, seules des signatures valent accord.
term-text = La clause
agreement-not-here = Le texte de l’accord n’est pas disponible.
missing = Faits qui trancheraient
if-yes = si oui :
if-no = si non :
tests = Tests
inputs = { $n ->
    [one] { $n } fait
   *[other] { $n } faits
}
why-one = Pourquoi ces récits sont un seul incident

version = Version
ends = prend fin
source = Source
terms = Clauses
covers = Couvre
zones = Zones
unsettled = Non réglé par le texte :
exemptions = Exemptions
parties = Parties
party = Partie
part = Rôle
bound = Liée
on-day = Le
approximate = tracé approximatif
partial = tracé partiel
band = indécis à moins de
no-zones = Aucun contour de zone n’est tracé pour le { $day }.
no-agreement = Aucun accord n’est disponible.
deadlines = Échéances
due = Échéance
state = État

talks = Pourparlers
round = Session
round-n = Session { $n }
positions = Positions
positions-why = La position la plus récente de chacun ; une case ouvre les mots
holder = Acteur
reservation = Réserve :
control = Contrôle
holder-unknown = détenteur non dit
since = depuis
until = jusqu’à
denied-n = { $n ->
    [one] nié par { $n } affirmation
   *[other] nié par { $n } affirmations
}
moves = Aide, retours, mesures
complaints = Plaintes
complaints-why = Allégations sans incident qui puisse être jugé
speaker-unknown = auteur des propos non dit
none-told = Rien n’est rapporté.

report-title = Rapport sur le cessez-le-feu
based-on = D’après des pages lues au
checkpoint = Point de contrôle
print = Imprimer
server-report = Rapport complet
annex = Annexe : tous les incidents
by-zone = Par zone
perhaps = peut-être
perhaps-why = « Peut-être » : nul ne peut dire s’il est dans la zone. Un tel incident peut figurer sur plusieurs lignes ; elles ne s’additionnent pas.
before = Période précédente
everywhere = Partout
toll = Bilan
persons = Personnes
lowest-highest = Récit le plus bas–le plus haut
told-of = Incidents avec un chiffre
toll-why = Sommes du récit le plus bas et du plus haut de chaque incident. Les incidents sans chiffre n’ajoutent rien : la somme n’est pas un maximum.
coverage-why = Jours de chaque zone dans la période. Un jour où personne ne pouvait voir n’est pas un jour calme.
access = Accès
weapon = Moyen
day = Jour
place = Lieu
killed = tués
injured = blessés
on-whose-word = Sur la parole de qui

no-changes = Rien n’a changé depuis.
kind = Genre
id = Identifiant
log-entries = { $n ->
    [one] { $n } entrée dans le journal
   *[other] { $n } entrées dans le journal
}
signed-note = Note signée
signatures-later = Les signatures et désaccords des garants figureront ici quand le journal les portera.
page = Page
outlet = Média
size = Octets
proof = Preuve
proof-why = La preuve montre, sans ce serveur, que la page est dans le journal. Vérifiez-la avec

verdict-violation = violation
verdict-not-assessable = non évaluable
verdict-pending = en attente
verdict-excluded = exclu
verdict-no-violation = pas de violation
verdict-not-judged = non jugé
status-verified = vérifié
status-corroborated = corroboré
status-reported = rapporté
status-contested = contesté
status-refuted = réfuté
status-undetermined = indéterminé
precision-exact = exact
precision-town = localité
precision-near = près d’une localité
precision-district = district
precision-province = province
precision-country = pays
precision-unresolved = non résolu
inside-yes = dedans
inside-no = dehors
inside-undetermined = dedans ou dehors, on ne peut le dire
answer-yes = oui
answer-no = non
answer-undetermined = indéterminé
independent-yes = indépendante
independent-no = non indépendante
independent-undetermined = indéterminé
strength-no-origin = aucune origine
strength-allegation = allégation
strength-one-origin = une origine
strength-two-origins = deux origines
strength-ruling = décision
modality-asserted = affirmé
modality-reported = rapporté
modality-claimed = prétendu
modality-hoped = espéré
modality-planned = prévu
modality-conditional = conditionnel
source-page = la page
source-outlet = média
source-organisation = organisation
source-speaker = orateur
source-unnamed = source non nommée
attribution-named = nommé
attribution-allegation = mis en cause
attribution-claim-of-responsibility = revendique
attribution-denial = nie
metric-killed = Tués
metric-injured = Blessés
metric-casualties = Victimes
metric-detained = Détenus
metric-missing = Disparus
metric-displaced = Déplacés
metric-persons = Personnes
metric-acts = Actes
metric-complaints = Plaintes
metric-goods = Biens
metric-other = Autre
about-count = chiffres
about-time = temps
about-place = lieu
about-role = rôles
about-occurrence = si cela a eu lieu
about-omission = passé sous silence
about-forecast = prévision
about-date = date
about-topic = sujet
real-yes = les deux ne peuvent être vrais
real-no = apparente seulement
real-undetermined = peut-être apparente seulement
link-same-text = même texte
link-same-title = même titre
link-same-family = même éditeur
link-same-agency = même agence
link-same-speaker = même orateur
link-cites = cite
published-visible = datée sur la page
published-metadata = datée par ses métadonnées
published-container = datée par son conteneur
published-address = datée par son adresse
published-inferred = date déduite
published-none = sans date
class-force = force
class-air = air
class-forces = forces
class-territory = territoire
class-civilians = civils
class-humanitarian = humanitaire
class-monitors = observateurs
class-process = processus
class-information = information
class-speech = parole
duty-prohibition = interdiction
duty-obligation = obligation
duty-permission = permission
part-party = partie
part-guarantor = garant
part-observer = observateur
part-sponsor = parrain
part-broker = médiateur
part-host = hôte
anchor-signed = signé
anchor-in-force = en vigueur
anchor-operative = applicable
zone-status-described = décrite
zone-status-proposed = proposée
zone-status-agreed = convenue
zone-status-de-facto = de fait
state-pending = à venir
state-met = tenue
state-missed = manquée
state-nobody-knows = nul ne sait
form-meeting = Rencontre
form-call = Appel
progress-planned = prévu
progress-attempted = tenté
progress-done = fait
progress-refused = refusé
stance-support = soutien
stance-conditional = sous condition
stance-reservation = réserve
stance-reject = rejet
stance-neutral = neutre
without-silent = muet là-dessus
without-not-heard = non entendu
proposal-ceasefire = Cessez-le-feu
proposal-memorandum = Mémorandum
proposal-talks = Les pourparlers
proposal-guarantor-role = Le rôle des garants
proposal-no-fly-zone = Zone d’exclusion aérienne
proposal-de-escalation-zones = Zones de désescalade
proposal-unnamed-proposal = Proposition non nommée
why-access-denied-or-jammed = accès refusé ou brouillé
why-no-outlet-tells-of-it = aucun média n’en parle
change-added = ajouté
change-changed = changé
change-gone = disparu
kind-incident = incident
kind-finding = constat
kind-claim = affirmation
kind-document = page
kind-origin = origine

act-small-arms-fire = Tirs d’armes légères
act-shelling = Bombardement
act-mortar = Mortier
act-artillery = Artillerie
act-rocket-fire = Tirs de roquettes
act-tank-fire = Tirs de char
act-air-strike = Frappe aérienne
act-uav-strike = Frappe de drone
act-missile-strike = Frappe de missile
act-ied = Engin explosif improvisé
act-car-bomb = Voiture piégée
act-landmine = Mine
act-grenade = Grenade
act-suicide-attack = Attentat suicide
act-sniping = Tir embusqué
act-chemical-attack = Attaque chimique
act-explosion = Explosion
act-attack = Attaque
act-armed-clash = Accrochage armé
act-killing = Homicide
act-overflight = Survol
act-force-movement = Mouvement de forces
act-fortification = Fortification
act-withdrawal = Retrait
act-live-fire-exercise = Exercice à tir réel
act-mine-laying = Pose de mines
act-weapon-seizure = Saisie d’armes
act-seizure = Prise
act-regain = Reprise
act-control-loss = Perte de contrôle
act-line-crossing = Franchissement de ligne
act-siege = Siège
act-displacement = Déplacement
act-arrest = Arrestation
act-abduction = Enlèvement
act-looting = Pillage
act-sexual-violence = Violence sexuelle
act-child-recruitment = Recrutement d’enfants
act-aid-blocked = Aide bloquée
act-delivery = Livraison
act-evacuation = Évacuation
act-return = Retour
act-release = Libération
act-checkpoint-closure = Fermeture d’un passage
act-monitor-access-denied = Accès refusé aux observateurs
act-monitor-attacked = Observateurs attaqués
act-meeting = Rencontre
act-call = Appel
act-round = Session de pourparlers
act-agreement-signed = Accord signé
act-ceasefire-declared = Cessez-le-feu déclaré
act-suspension = Suspension
act-resumption = Reprise des pourparlers
act-walk-out = Départ des pourparlers
act-extension = Prolongation
act-mandate = Mandat
act-sanction = Sanction
act-measure = Mesure
act-protest = Protestation
act-statement = Déclaration
act-support = Soutien
act-conditional-support = Soutien sous condition
act-reservation = Réserve
act-rejection = Rejet
act-demand = Exigence
act-hope = Espoir
act-aim = But
act-complaint = Plainte
act-accusation = Accusation
act-denial = Démenti
act-claim-of-responsibility = Revendication
act-threat = Menace
act-incitement = Incitation

## Settings and the second factor
screen-settings = Réglages
factor = Second facteur
factor-why = Un authentificateur montre un nouveau code toutes les trente secondes. Avec lui, le mot de passe seul n’ouvre rien.
factor-on = Activé
factor-off = Désactivé
factor-needed = Votre rôle doit avoir un second facteur. D’ici là, vous voyez ce que voit tout le monde.
factor-set-up = Configurer
factor-again = En configurer un autre
factor-secret = Secret, à saisir dans l’authentificateur
factor-link = Ouvrir dans un authentificateur de cet appareil
factor-confirm = Confirmer
factor-recovery = Codes de secours
factor-recovery-why = Chacun sert une fois à la place d’un code. Ils ne sont montrés que maintenant : imprimez-les, ou gardez-les loin du mot de passe.
factor-remove = Le retirer
recovery-left = Codes de secours restants : { $n }
prove = Montrez à nouveau qui vous êtes
prove-why = Cela change ce que d’autres peuvent voir ou faire. On vous le demande au plus toutes les cinq minutes.
code = Code
code-why = Le dernier code de votre authentificateur, ou un code de secours.
go-on = Continuer
cancel = Annuler
save = Enregistrer
saved = Enregistré
password-old = Mot de passe actuel
password-new = Nouveau mot de passe
password-change = Changer le mot de passe
password-why = Douze caractères au moins. Vos autres sessions se terminent.
account-add = Ajouter un compte
role = Rôle
account-off = Désactivé
account-disable = Désactiver
account-enable = Activer
factor-roles = Qui doit avoir un second facteur
withheld = Retenu
withheld-why = À tout rôle inférieur à celui nommé, avec ce qui repose dessus. * pour tout un genre, ou pour la fiche entière.
part-of-record = Partie
lowest-role = À partir de ce rôle
withhold = Retenir
release = Libérer
nothing-withheld = Rien n’est retenu.
sign-in-first = Connectez-vous pour voir vos réglages.
user-accounts = Comptes

## History and trial
history = Historique
history-why = Ce que chaque mise à jour a changé. Les anciennes valeurs ne sont pas dans le journal et ne se refont pas ; rien n’est gardé de ce qui a été retiré.
history-none = Rien n’y a changé depuis le premier remplissage.
history-of = Historique d’une fiche
history-not-kept = Les anciennes valeurs ne sont pas gardées, ou pas ouvertes à votre rôle.
history-no-fields = Aucun champ que vous pouvez voir ne diffère.
field = Champ
was = Avant
is-now = Après
by-entries = { $n ->
    [0] par d’autres données, sans nouvelle entrée du journal
    [one] par une entrée du journal
   *[other] par { $n } entrées du journal
}
entry = Entrée { $n }
clock-utc = UTC
clock-local = Heure locale
clock-why = Les heures du journal sont en UTC ou à l’heure de cet appareil. Les jours sont toujours les jours civils du lieu.
trial = Si le texte disait autre chose
trial-why = Modifiez une copie du texte : les incidents passés sont aussitôt jugés d’après elle. Rien n’est gardé. Les contours des zones restent.
trial-open = Essayer un autre texte
trial-text = Texte de l’accord, à modifier
trial-again = Tel quel
trial-faults = Rien n’est jugé tant qu’il reste une faute
trial-turns = { $n ->
    [0] Aucune conclusion ne change
    [one] Une conclusion change
   *[other] { $n } conclusions changent
}
no-finding = pas de conclusion

## Saved searches and hooks
searches = Recherches enregistrées
searches-why = Un nom et un filtre. Son flux annonce les incidents nouveaux et changés ; l’adresse d’un flux non public contient un mot montré une seule fois.
search-save = Enregistrer cette recherche
search-filter = Filtre
search-all = tous les incidents
search-public = Flux public
search-none = Aucune recherche pour l’instant.
feed = Flux
feed-once = Adresse du flux, montrée cette seule fois
hooks = Webhooks
hooks-why = Un message signé à une adresse quand des incidents d’une recherche sont nouveaux ou changés. Sans webhook, le serveur n’appelle personne.
hook-add = Poser un webhook
hook-url = Adresse
hook-secret = Secret pour vérifier les signatures, montré cette seule fois
hook-none = Aucun webhook.
hook-ping = Envoyer un essai
hook-log = Livraisons
hook-log-none = Rien n’a encore été envoyé.
hook-hosts = Hôtes de votre réseau que les webhooks peuvent joindre
hook-hosts-why = Un par ligne, comme intranet.example ou 10.0.0.5:8080. Les autres hôtes internes ne sont jamais joints.
delivery-waiting = en attente
delivery-done = arrivé
delivery-failed = échoué
tries = Essais
answer-given = Réponse
moment = Quand
factor-reset = Retirer le second facteur
delivery-outcome = Issue

## Review

screen-review = Relecture
queue = File
queue-turns = chaque groupe de sources à son tour
queue-empty = Rien n’attend.
queue-more = { $n } autres attendent derrière.
review-sign-in = Ce qui attend une décision est montré à qui s’est connecté.
review-read-only = Les relecteurs et les garants décident ; vous pouvez lire.
group-unlisted = médias non répertoriés
waiting-second-person = deuxième personne
waiting-contested = contesté
waiting-changed = nouveaux récits
waiting-new = nouveau
waiting-which-incident = sur quel incident ?
waits-for-another = Une autre personne doit décider de même.
decision-accept = relu
decision-same = un seul incident
decision-apart = incidents distincts
decision-move = déplacé
decision-reject = rejeté
decision-verify = vérifié
decision-refute = ne s’est pas passé ainsi
decision-grade = source notée
decision-credit = crédibilité
decision-undo = annulé
do-accept = Accepter
do-accept-why = Relu, reste tel quel
do-agree = Décider de même
do-agree-why = La deuxième personne pour une décision en attente
do-same = Identique au choix
do-same-why = Cet incident et le choix ne font qu’un
do-move = Déplacer les mots
do-move-why = Les mots marqués concernent l’incident choisi
do-apart = Séparer
do-apart-why = Les mots marqués parlent d’autre chose que le reste
do-reject = Rejeter les mots
do-reject-why = Les mots marqués ont été mal lus ; rien ne repose sur eux
do-verify = Vérifier
do-verify-why = Ce que les mots marqués disent de cet élément est exact
do-refute = Réfuter
do-refute-why = Cela ne s’est pas passé ainsi
do-grade = Noter
grade-source = Fiabilité d’une source
grade = Cote
grade-confirmed = confirmé
grade-fair = assez solide
grade-weak = faible
grade-contested = contesté
grade-discounted = écarté
credibility = Crédibilité
open-incident = Ouvrir l’incident
may-be-one = Peut-être le même que
why = Motif
why-hint = vide : les mots du bouton
why-accept = Relu avec ses mots
why-same = Un seul incident à la lecture des deux
why-apart = Un autre fait à la lecture des mots
why-move = Les mots concernent l’autre incident
why-reject = Mal lu
why-verify = Vérifié
why-refute = Vérifié : il n’en est rien
why-grade = Connu par ses récits antérieurs
why-undo = Annulé
undo = Annuler
undo-hint = u l’annule
last-ruling = Dernière décision
key-review = en relecture : accepter, rejeter, identique, déplacer, séparer, en groupes, archiver, vérifier, réfuter, annuler
queue-left =
    { $n ->
        [one] { $n } en attente
       *[other] { $n } en attente
    }
accounts-of =
    { $n ->
        [one] { $n } récit
       *[other] { $n } récits
    }

## Exchange

export-as = Enregistrer ces incidents en
export-jsonl = tous les enregistrements, un objet JSON par ligne
export-csv = table de texte
export-xlsx = classeur
export-geojson = points et surfaces pour cartes
export-gpkg = couches pour QGIS, avec styles
export-parquet = colonnes pour analyse
export-kml = pour globes
export-hxl = table avec balises HXL
export-acled = dans les colonnes d’ACLED
export-ucdp = décès, dans les colonnes d’UCDP
export-cap = alertes, en projet
export-plover = événements en JSON

## Areas, states, reading without a network
screen-area = Évolution
province = Province
offline = Le serveur est injoignable.
offline-why = Affiché : ce que cet appareil a lu le { $read }. Le relevé va jusqu’au { $day } ; ce qui est venu ensuite n’est pas connu ici, et son absence ne dit rien.
offline-missing = Le serveur est injoignable, et ceci n’a pas été gardé sur cet appareil.
area-title = { $area } au fil du temps
area-which = Secteur
area-trend = Évolution de ce secteur
area-only = Seulement celui-ci
area-list = Voir sur la carte et la liste
area-line = Incidents au fil du temps
area-table = Chiffres de la courbe
area-kinds = Leur nature
area-heard = Jours entendus
area-heard-all = quelqu’un a été entendu chaque jour
area-heard-part = certains jours, personne n’a été entendu
area-unheard = personne n’a été entendu : ce n’est pas un zéro
area-heard-zone = Un jour compte comme entendu quand quelqu’un de la zone l’a été.
area-heard-why = La couverture est tenue par zone : un jour compte comme entendu quand quelqu’un d’une zone, ou du reste du pays, l’a été.
area-perhaps = Un incident dont le lieu n’est pas établi compte dans chaque secteur possible ; celui qui s’étend sur des jours, au premier.
step = Pas
step-week = Semaine
step-month = Mois
step-year = Année
difference = Entre deux états
difference-why = Ce qui est venu, parti ou changé, et par quelles pages et décisions.
difference-from = De
difference-to = À
difference-choose = Choisir un état
difference-one = L’historique ne tient qu’un état pour l’instant.
difference-others = Autres sortes
difference-was = était
difference-pages-came = Nouvelles pages :
difference-pages-went = Pages parties :
difference-rulings-came = Nouvelles décisions :
difference-rulings-went = Décisions parties :
difference-no-page = Aucune page ni décision n’y est venue : les données ou un autre incident ont changé.
kind-passage = passage
kind-statement = déclaration
kind-contradiction = contradiction
kind-complaint = plainte
kind-agreement = accord
kind-zone = zone
kind-deadline = échéance
kind-round = cycle de pourparlers
kind-meeting = réunion
kind-position = position
kind-stand = attitude
kind-holding = contrôle
kind-control_change = changement de contrôle
kind-delivery = livraison
kind-return = retour
kind-measure = mesure
kind-zone_day = jour d’une zone
kind-outlet_day = jour d’un média
kind-unseen = lieu non vu
kind-place = lieu
kind-figure = chiffre
kind-time = moment
kind-actor_mention = mention d’un acteur
kind-artefact = artefact
kind-ruling = décision
kind-review = point à revoir
kind-note = note
## Import
screen-import = Importer
kind-foreign = ligne d’autrui
import-why = Les tableaux d’autrui restent séparés de nos incidents et ne valent jamais preuve pour eux. Chaque version d’une ligne est conservée ; un tableau entre en entier ou pas du tout.
import-file = Un tableau
import-drop = Choisissez un fichier ou déposez-le ici : ACLED, UCDP GED, HXL ou votre propre tableau, en CSV, XLSX ou GeoJSON, jusqu’à 64 Mo. Rien n’est conservé avant votre accord.
import-sign-in = Les analystes, relecteurs et administrateurs importent des tableaux.
import-sending = Envoi
import-reading = Lecture du tableau …
import-keeping = Le tableau est inscrit au journal ; on ne peut plus l’arrêter …
import-stopped = Arrêté. Rien n’a été conservé.
import-kept = Conservé comme entrée { $n } du journal.
import-result = Nouvelles : { $n }. Modifiées : { $shown }. Inchangées : { $total }.
import-already = Le journal contient déjà ce tableau, lu de la même façon.
import-keepable = Lignes qui seraient conservées : { $n }
import-rejected = Lignes refusées : { $n }
import-source = Éditeur
import-source-why = Éditeur : le même pour chacun de ses tableaux, afin qu’un tableau ultérieur donne de nouvelles versions de ses lignes.
import-sheet = Feuille
import-dates = Jour et mois
dates-none = comme écrit
dates-day-first = jour d’abord
dates-month-first = mois d’abord
import-columns-why = Sous le nom de chaque colonne figure ce pour quoi elle est prise. Changez-le, et le tableau est relu.
import-taken-for = Ce pour quoi la colonne { $name } est prise
import-not-read = non lue
import-as-read = Tel qu’il sera lu
import-keep = Conserver ces lignes : { $n }
import-another = Renoncer
import-download = Télécharger les lignes refusées
import-first-on = d’abord à la ligne { $n }
import-rows = Les lignes elles-mêmes : { $shown } sur { $total }
import-line = Ligne
import-row = Contenu tel qu’écrit
import-others = Lignes d’autrui dans le journal
import-others-count = Lignes : { $n }, chacune dans sa version la plus récente.
import-versions = Versions
table-acled = ACLED
table-ucdp = UCDP GED
table-hxl = HXL
table-csv = un tableau propre
column-id = Identifiant
column-date = Jour, ou premier jour
column-date_end = Dernier jour
column-time_code = Précision du temps
column-place = Lieu
column-province = Province
column-country = Pays
column-lat = Latitude
column-lon = Longitude
column-place_code = Précision du lieu
column-event = Type d’événement
column-sub_event = Sous-type
column-actor1 = Acteur
column-actor2 = Autre acteur
column-deaths = Tués
column-deaths_low = Tués, au moins
column-deaths_high = Tués, au plus
column-sources = Sources
column-notes = Notes
see-as = Tel que d’autres le voient
see-as-show = Montrer
see-as-nothing = L’enregistrement, ou une partie, est retenu en entier.

## Archives, et séparation en groupes
archived = Archivé
archived-what = Une décision le retire des listes, des cartes et des comptes. Il est gardé avec ses mots et ses constats ; un fait nouveau le fait revenir.
archived-why = Des décisions ont retiré ces incidents des comptes et de l’annexe. Ils restent dans le registre avec leurs mots et leurs constats. Archivé ne veut pas dire calme.
archived-n = + { $n } archivés
archived-beside = { $n } archivés, non comptés
archived-among = dont { $n } archivés
archived-show = Montrer
show-archived = Avec les archives
do-archive = Archiver
do-archive-why = Gardé, mais hors des listes, cartes et comptes jusqu’à un fait nouveau
decision-archive = archivé
why-archive = Hors de ce qui est suivi ici
archive-back = Faire revenir
archive-back-why = Il est de nouveau compté et listé ; la décision reste au journal comme annulée.
archive-done = Consigné. Le registre suit dans un instant.
archive-back-done = Consigné. Il revient dans un instant.
do-split = Séparer en groupes
do-split-why = Les récits parlent de plusieurs faits
decision-split = séparé en groupes
why-split = Plusieurs faits à la lecture des mots
split-keys = Donnez un groupe à chaque récit : 1 à 9 y place les mots marqués et avance, n et p se déplacent. Les copies suivent leurs mots.
split-group = Groupe { $n }
split-group-of = Groupe de : { $name }
split-by-origin = Un groupe par origine
split-by-page = Un groupe par page
split-together = Tous ensemble
split-none = Tous dans un seul groupe ; rien n’est séparé.
split-into = { $n ->
    [one] Séparer en { $n }
   *[other] Séparer en { $n }
}
foreseen-asking = On calcule ce qui changerait …
foreseen-gone = N’y serait plus : { $n }
foreseen-new = Nouveaux : { $n }
foreseen-changed = Changés : { $n }
foreseen-none = Rien ne changerait.

## Vérifier un enregistrement dans le navigateur
check-record = Vérifier cet enregistrement
check-why = Le navigateur calcule lui-même si le journal contient une page : son entrée, les empreintes jusqu’à la tête signée, la signature. La preuve est demandée au serveur, et rien d’autre pendant la vérification.
check-choose = Choisissez une page ci-dessous, ou l’identifiant d’un enregistrement ci-dessus.
check-proof = Vérifier
check-again = Vérifier à nouveau
check-key = Clé du journal
check-key-server = Ce serveur dit que c’est la clé. Il pourrait le dire de toute clé : comparez-la à celle reçue ailleurs, ou collez celle-ci.
check-key-own = Vérifié avec la clé que vous avez donnée, non avec celle de ce serveur.
check-key-differs = Le serveur nomme une autre clé que la vôtre.
check-key-paste = Une clé à laquelle vous vous fiez
check-holds = Tient : l’entrée { $n } est dans le journal de { $total } entrées.
check-fails = Ne tient pas
check-without = Ce navigateur ne vérifie les signatures que par HTTPS, ou sur la machine même du serveur.
check-content = L’entrée parle d’octets de cette empreinte, reçus le { $when }
check-file = Comparer avec votre copie de la page
check-file-same = Votre fichier a exactement ces octets.
check-file-other = Votre fichier a d’autres octets.
check-cli = La même chose avec le programme, partout :
check-step-proof = La preuve se lit
check-step-key = La clé se lit
check-step-note = La tête du journal est une note signée
check-step-signature = La signature est de la clé
check-step-checkpoint = La tête est du journal de cette clé
check-step-path = Les empreintes mènent de l’entrée à la tête
check-leaf = Entrée
check-pages = { $n ->
    [one] { $n } page sur laquelle il repose
   *[other] { $n } pages sur lesquelles il repose
}

## Rendu plus grossier
privacy = Lieux arrondis, heures et noms omis
privacy-why = Pour tous sous un rôle. Noms, mots, pages, constats, autres sortes d’enregistrements, rapport et exports hors JSON Lines leur sont alors fermés : ils trahiraient le reste. Les filtres par lieu, mots et constats ne trouvent rien pour eux. Le numéro d’un incident découle de ses pages : qui les a peut le retrouver.
privacy-on = Rendu plus grossier pour tous sous
privacy-off = Tout est montré tel quel, sauf ce qui est retenu ci-dessous.
privacy-none = pour personne
privacy-exact = lieu tel quel
privacy-km = lieu à { $distance } ou plus
privacy-days = jours sans heures
privacy-hours = temps tel quel
privacy-names = personne n’est nommé ni cité
precision-coarse = arrondi
place-coarse = lieu arrondi
coarse-for-you = Rendu plus grossier pour votre rôle : lieux arrondis ou heures omises, personne n’est nommé ni cité. Ce qui est vide ici n’est pas forcément inconnu.
weight-coarse = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $independent } indépendantes
not-shown = non montré à votre rôle
coarse-report = Zones, constats et couverture sont fermés à votre rôle ; sans eux cette page dirait ce qui n’est pas. Connectez-vous avec un autre rôle, ou voyez la liste.
