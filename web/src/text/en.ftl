# Words of the interface. Neutral in form: what is told, by whom, how surely; never who is right.

## Frame
screen-situation = Situation
screen-incident = Incident
screen-agreement = Agreement
screen-process = Process
screen-report = Report
screen-record = Record
screen-sign-in = Sign in
screen-setup = Make the first administrator
rooms = Screens
skip = Skip to content
loading = Loading …
refused = This could not be shown.
try-again = Try again
no-such-page = There is no such page
as-of = As of
language = Language
dark = Dark
share = Copy link
share-why = The link carries the filter, the place on the map and the checkpoint of the log
copied = Copied
close = Close
clear = Clear
remove = Remove
download = Download
grown = The record has grown.
show-new = Show it
seen-before = This link was made when the record stood at checkpoint
see-changes = What changed since
see-now = Go on as of now
sign-in = Sign in
sign-out = Sign out
sign-in-why = Reading needs no account. Signing in shows what your role may see.
setup-why = The link holds a token that works once. Choose a name and a password; there is no default one.
name = Name
password = Password
role-public = Public
role-analyst = Analyst
role-reviewer = Reviewer
role-guarantor = Guarantor
role-administrator = Administrator

## Keys
keys = Keys
key-next = next, previous incident in the list
key-open = open the chosen incident
key-claim = next, previous words in the page
key-incident = previous, next incident
key-brush = move an end of the period, when it has the focus
key-zoom = map nearer, farther, when it has the focus
key-close = let go of the choice
key-help = these keys

## Filters and time
filters = Filters
search = Search words
period = Period
last-days = { $n ->
    [one] Last day
   *[other] { $n } days
}
whole = Whole
from = From
to = To
days-of-place = Days are civil days at the place
act = Act
zone = Zone
verdict = Verdict
status = How surely
term = Term
agreement = Agreement
no-background = Without background
more-filters = More
nothing-to-choose = Nothing to choose from
compare = Compare periods
what = What
change = Change
before-record = The period before begins ahead of the record: part of it was never read.
when-unknown = day not known
when-until = { $day } or earlier
when-from = { $day } or later
when-between = between { $from } and { $to }
count-at-least = at least { $low }
count-between = { $low }–{ $high }
metres = { $n } m
kilometres = { $n } km

## Situation
map = Map
map-words = Map of { $n ->
    [one] one incident
   *[other] { $n } incidents
}. The list beside it holds all of them.
area = Only one part of the map
map-missing = The map cannot be drawn here. The list holds everything that it would show.
list = Incidents
incidents = Incidents
incidents-count = { $n ->
    [one] { $n } incident
   *[other] { $n } incidents
}
more-than-shown = { $shown } of { $total } are listed.
show-more = Show more
none-found = No incident under these filters. Look at the coverage before you read that as calm.
unplaced = { $n ->
    [one] { $n } incident has no place on the map
   *[other] { $n } incidents have no place on the map
}
not-on-map = Known to a country only, or to no place
within = within { $distance }
weight = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $origins ->
    [one] { $origins } origin
   *[other] { $origins } origins
}, { $independent } independent
incident-title = { $act }, { $place }, { $when }
place-unknown = place not known
place-between = between { $place }
zoom-in = Nearer
zoom-out = Farther
zoom-all = Show all
legend = Legend
legend-shape = What
legend-colour = How surely
legend-filling = On what
legend-region = where it may lie
legend-cluster = so many together, their ring by how surely
legend-zone = zone with its band
shape-air = from the air
shape-fire = shelling
shape-blast = explosive
shape-clash = fighting
shape-people = civilians
shape-ground = forces, ground
shape-aid = aid, monitors
shape-other = other
strength-0 = no independent origin
strength-1 = one
strength-2 = two or more
timeline = Days
timeline-words = { $n ->
    [one] One incident
   *[other] { $n } incidents
} from { $from } to { $to }, by day, above a strip for each zone that says who could see it
incidents-by-day = Incidents a day, most { $most }
outside-zones = Outside the zones
coverage = Coverage
earlier = { $n } earlier than { $day }
undated = { $n } without a first day
play = Play
pause = Pause
pace = Pace
step-back = One day back
step-on = One day on
zone-days = Days of zones
sight-incidents = incidents told
sight-nothing-told = watched, nothing told
sight-hindered = observers hindered
sight-unwatched = nobody of the zone heard
sight-blind = no page speaks of the day

## Incident
known = What is known
element = Element
told = What is told
how-surely = How surely
element-occurrence = That it happened
element-place = Where
element-time = When
element-means = By what means
element-toll = Toll
element-author = By whom
not-told = not told
author-unknown = No account says who did it
says = says { $who }
targets = Against
candidates = May be
background = Background
series = A series of acts
words = The words
words-n = Words { $n }
words-of = { $n ->
    [one] The words
   *[other] The words, { $n } passages
}
no-words = No words are open to you here.
claim-of = { $at } of { $n }
next-claim = Next words
previous-claim = Previous words
next-incident = Next incident
previous-incident = Previous incident
denied = denied
bytes = bytes { $from }–{ $to }
page-as-captured = The page as captured: { $name }
origins = Origins
pages = Pages
origins-sum = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
} → { $origins ->
    [one] { $origins } origin
   *[other] { $origins } origins
} → { $independent } independent of the parties
why-origins = Why these origins
accounts = Accounts side by side
accounts-differ = accounts differ
by = By
figure = Figure
preferred = Preferred account:
contradiction = Contradiction
findings = Findings
no-findings = Not judged under any term.
machine-proposes = Machine output is a proposal: only a person verifies, only signatures agree.
term-text = The term
agreement-not-here = The text of the agreement is not at hand.
missing = Facts that would decide it
if-yes = if yes:
if-no = if no:
tests = Tests
inputs = { $n ->
    [one] { $n } fact
   *[other] { $n } facts
}
why-one = Why these accounts are one incident

## Agreement
version = Version
ends = ends
source = Source
terms = Terms
covers = Covers
zones = Zones
unsettled = Not settled by the text:
exemptions = Exemptions
parties = Parties
party = Party
part = Part
bound = Bound
on-day = On
approximate = drawn approximately
partial = drawn in part only
band = undecided within
no-zones = No outline of a zone is drawn for { $day }.
no-agreement = No agreement is at hand.
deadlines = Deadlines
due = Due
state = State

## Process
talks = Talks
round = Round
round-n = Round { $n }
positions = Positions
positions-why = The newest stance of each; press a cell for the words
holder = Holder
reservation = Reservation:
control = Control
holder-unknown = holder not told
since = since
until = until
denied-n = { $n ->
    [one] denied by { $n } claim
   *[other] denied by { $n } claims
}
moves = Aid, returns, measures
complaints = Complaints
complaints-why = Allegations without an incident that could be judged
speaker-unknown = speaker not told
none-told = Nothing is told.

## Report
report-title = Report on the ceasefire
based-on = Based on pages read as of
checkpoint = Checkpoint
print = Print
server-report = Whole report
annex = Annex: every incident
by-zone = By zone
perhaps = perhaps
perhaps-why = “Perhaps”: nobody can tell whether it lies in the zone. Such an incident may stand in several rows, so rows do not add up.
before = Period before
everywhere = Everywhere
toll = Toll
persons = Persons
lowest-highest = Lowest–highest account
told-of = Incidents that give a figure
toll-why = Sums of the lowest and of the highest account of each incident. Incidents without a figure add nothing: the sum is no upper bound.
coverage-why = Days of each zone in the period. A day on which nobody could see is not a quiet day.
access = Access
weapon = Means
day = Day
place = Place
killed = killed
injured = injured
on-whose-word = On whose word

## Record
no-changes = Nothing has changed since.
kind = Kind
id = Id
log-entries = { $n ->
    [one] { $n } entry in the log
   *[other] { $n } entries in the log
}
signed-note = Signed note
signatures-later = Signatures and dissent of guarantors will stand here once the log carries them.
page = Page
outlet = Outlet
size = Bytes
proof = Proof
proof-why = The proof shows without this server that the page is in the log. Check it with

## Families: verdicts, statuses, and what else data names
verdict-violation = violation
verdict-not-assessable = not assessable
verdict-pending = pending
verdict-excluded = excluded
verdict-no-violation = no violation
verdict-not-judged = not judged
status-verified = verified
status-corroborated = corroborated
status-reported = reported
status-contested = contested
status-refuted = refuted
status-undetermined = undetermined
precision-exact = exact
precision-town = town
precision-near = near a town
precision-district = district
precision-province = province
precision-country = country
precision-unresolved = not resolved
inside-yes = inside
inside-no = outside
inside-undetermined = inside or outside cannot be told
answer-yes = yes
answer-no = no
answer-undetermined = undetermined
independent-yes = independent
independent-no = not independent
independent-undetermined = undetermined
strength-no-origin = no origin
strength-allegation = allegation
strength-one-origin = one origin
strength-two-origins = two origins
strength-ruling = ruling
modality-asserted = asserted
modality-reported = reported
modality-claimed = claimed
modality-hoped = hoped
modality-planned = planned
modality-conditional = conditional
source-page = the page
source-outlet = outlet
source-organisation = organisation
source-speaker = speaker
source-unnamed = unnamed source
attribution-named = named
attribution-allegation = alleged
attribution-claim-of-responsibility = claims responsibility
attribution-denial = denies
metric-killed = Killed
metric-injured = Injured
metric-casualties = Casualties
metric-detained = Detained
metric-missing = Missing
metric-displaced = Displaced
metric-persons = Persons
metric-acts = Acts
metric-complaints = Complaints
metric-goods = Goods
metric-other = Other
about-count = figures
about-time = time
about-place = place
about-role = roles
about-occurrence = whether it happened
about-omission = left out
about-forecast = forecast
about-date = date
about-topic = topic
real-yes = cannot both hold
real-no = apparent only
real-undetermined = perhaps apparent only
link-same-text = same text
link-same-title = same title
link-same-family = same publisher
link-same-agency = same agency
link-same-speaker = same speaker
link-cites = cites
published-visible = dated on the page
published-metadata = dated in its metadata
published-container = dated by its container
published-address = dated by its address
published-inferred = date inferred
published-none = undated
class-force = force
class-air = air
class-forces = forces
class-territory = territory
class-civilians = civilians
class-humanitarian = humanitarian
class-monitors = monitors
class-process = process
class-information = information
class-speech = speech
duty-prohibition = prohibition
duty-obligation = obligation
duty-permission = permission
part-party = party
part-guarantor = guarantor
part-observer = observer
part-sponsor = sponsor
part-broker = broker
part-host = host
anchor-signed = signed
anchor-in-force = in force
anchor-operative = operative
zone-status-described = described
zone-status-proposed = proposed
zone-status-agreed = agreed
zone-status-de-facto = de facto
state-pending = pending
state-met = met
state-missed = missed
state-nobody-knows = nobody knows
form-meeting = Meeting
form-call = Call
progress-planned = planned
progress-attempted = attempted
progress-done = done
progress-refused = refused
stance-support = support
stance-conditional = conditional
stance-reservation = reservation
stance-reject = reject
stance-neutral = neutral
without-silent = silent on this
without-not-heard = not heard
proposal-ceasefire = Ceasefire
proposal-memorandum = Memorandum
proposal-talks = The talks
proposal-guarantor-role = The part of the guarantors
proposal-no-fly-zone = A no-fly zone
proposal-de-escalation-zones = De-escalation zones
proposal-unnamed-proposal = A proposal not named
why-access-denied-or-jammed = access denied or jammed
why-no-outlet-tells-of-it = no outlet tells of it
change-added = added
change-changed = changed
change-gone = gone
kind-incident = incident
kind-finding = finding
kind-claim = claim
kind-document = page
kind-origin = origin

## Acts
act-small-arms-fire = Small arms fire
act-shelling = Shelling
act-mortar = Mortar
act-artillery = Artillery
act-rocket-fire = Rocket fire
act-tank-fire = Tank fire
act-air-strike = Air strike
act-uav-strike = Drone strike
act-missile-strike = Missile strike
act-ied = Improvised explosive
act-car-bomb = Car bomb
act-landmine = Landmine
act-grenade = Grenade
act-suicide-attack = Suicide attack
act-sniping = Sniping
act-chemical-attack = Chemical attack
act-explosion = Explosion
act-attack = Attack
act-armed-clash = Armed clash
act-killing = Killing
act-overflight = Overflight
act-force-movement = Force movement
act-fortification = Fortification
act-withdrawal = Withdrawal
act-live-fire-exercise = Live fire exercise
act-mine-laying = Mine laying
act-weapon-seizure = Weapon seizure
act-seizure = Seizure
act-regain = Regain
act-control-loss = Control loss
act-line-crossing = Line crossing
act-siege = Siege
act-displacement = Displacement
act-arrest = Arrest
act-abduction = Abduction
act-looting = Looting
act-sexual-violence = Sexual violence
act-child-recruitment = Child recruitment
act-aid-blocked = Aid blocked
act-delivery = Delivery
act-evacuation = Evacuation
act-return = Return
act-release = Release
act-checkpoint-closure = Checkpoint closure
act-monitor-access-denied = Monitor access denied
act-monitor-attacked = Monitor attacked
act-meeting = Meeting
act-call = Call
act-round = Round of talks
act-agreement-signed = Agreement signed
act-ceasefire-declared = Ceasefire declared
act-suspension = Suspension
act-resumption = Resumption
act-walk-out = Walk out
act-extension = Extension
act-mandate = Mandate
act-sanction = Sanction
act-measure = Measure
act-protest = Protest
act-statement = Statement
act-support = Support
act-conditional-support = Conditional support
act-reservation = Reservation
act-rejection = Rejection
act-demand = Demand
act-hope = Hope
act-aim = Aim
act-complaint = Complaint
act-accusation = Accusation
act-denial = Denial
act-claim-of-responsibility = Claim of responsibility
act-threat = Threat
act-incitement = Incitement

## Settings and the second factor
screen-settings = Settings
factor = Second factor
factor-why = An authenticator shows a new code every thirty seconds. With it, the password alone opens nothing.
factor-on = On
factor-off = Off
factor-needed = Your role must have a second factor. Until it is set up you see what anybody sees.
factor-set-up = Set up
factor-again = Set up another
factor-secret = Secret, to type into the authenticator
factor-link = Open in an authenticator on this device
factor-confirm = Confirm
factor-recovery = Recovery codes
factor-recovery-why = Each works once in place of a code. They are shown now and never again: print them, or keep them where the password is not.
factor-remove = Take it away
recovery-left = Recovery codes left: { $n }
prove = Show again who you are
prove-why = This changes what others may see or do. You are asked at most every five minutes.
code = Code
code-why = The newest code of your authenticator, or a recovery code.
go-on = Go on
cancel = Cancel
save = Save
saved = Saved
password-old = Present password
password-new = New password
password-change = Change password
password-why = Twelve characters or more. Your other sessions end.
account-add = Add an account
role = Role
account-off = Disabled
account-disable = Disable
account-enable = Enable
factor-roles = Who must have a second factor
withheld = Withheld
withheld-why = From every role below the one named; so is what rests on it. Use * for all of a kind, or for the whole record.
part-of-record = Part
lowest-role = From this role on
withhold = Withhold
release = Release
nothing-withheld = Nothing is withheld.
sign-in-first = Sign in to see your settings.
user-accounts = Accounts

## History and trial
history = History
history-why = What each filling of the record changed. Older values are not in the log and cannot be made again; nothing is kept of what was taken down.
history-none = Nothing of it has changed since the record was first filled.
history-of = History of a record
history-not-kept = The older values are not kept, or not open to your role.
history-no-fields = No field that you may see differs.
field = Field
was = Was
is-now = Is
by-entries = { $n ->
    [0] by other data, no new entry of the log
    [one] by one entry of the log
   *[other] by { $n } entries of the log
}
entry = Entry { $n }
clock-utc = UTC
clock-local = Local time
clock-why = Times of the log are shown in UTC or in the time of this device. Days are civil days at the place, whatever is chosen.
trial = If it read otherwise
trial-why = Change a copy of the text: past incidents are judged by it at once. Nothing is stored. Shapes of zones stay as they are.
trial-open = Try another text
trial-text = Text of the agreement, to change
trial-again = As it stands
trial-faults = Nothing is judged until every fault is mended
trial-turns = { $n ->
    [0] No finding turns
    [one] One finding turns
   *[other] { $n } findings turn
}
no-finding = no finding

## Saved searches and hooks
searches = Saved searches
searches-why = A name and a filter. Its feed tells feed readers of new and changed incidents; the address of one that is not public holds a word that is shown once.
search-save = Save this search
search-filter = Filter
search-all = all incidents
search-public = Public feed
search-none = No search is saved yet.
feed = Feed
feed-once = Address of the feed, shown now and never again
hooks = Hooks
hooks-why = A signed message to an address when incidents of a search are new or changed. Without one the server asks nobody for anything.
hook-add = Set a hook
hook-url = Address
hook-secret = Secret to check signatures with, shown now and never again
hook-none = No hook is set.
hook-ping = Send a trial message
hook-log = Deliveries
hook-log-none = Nothing was sent yet.
hook-hosts = Hosts inside your network that hooks may reach
hook-hosts-why = One a line, such as intranet.example or 10.0.0.5:8080. Others inside are never reached.
delivery-waiting = waiting
delivery-done = arrived
delivery-failed = failed
tries = Tries
answer-given = Answer
moment = When
factor-reset = Take second factor away
delivery-outcome = Outcome

## Review

screen-review = Review
queue = Queue
queue-turns = each group of sources in turn
queue-empty = Nothing waits.
queue-more = { $n } more wait behind these.
review-sign-in = What waits for a person is shown to those who have signed in.
review-read-only = Reviewers and guarantors decide; you may read along.
group-unlisted = unlisted outlets
waiting-second-person = second person
waiting-contested = contested
waiting-changed = told anew
waiting-new = new
waiting-which-incident = about which incident?
waits-for-another = Another person must decide the same.
decision-accept = read over
decision-same = one incident
decision-apart = not one incident
decision-move = moved
decision-reject = rejected
decision-verify = verified
decision-refute = did not happen so
decision-grade = source graded
decision-credit = credibility
decision-undo = taken back
do-accept = Accept
do-accept-why = Read over; it stands as it is
do-agree = Decide the same
do-agree-why = The second person for a ruling that waits
do-same = Same as chosen
do-same-why = This and the chosen incident are one
do-move = Move words
do-move-why = The marked words are about the chosen incident
do-apart = Split off
do-apart-why = The marked words are about something else than the rest
do-reject = Reject words
do-reject-why = The marked words were misread; nothing rests on them
do-verify = Verify
do-verify-why = What the marked words say of the element is so
do-refute = Refute
do-refute-why = It did not happen so
do-grade = Grade
grade-source = Reliability of a source
grade = Grade
grade-confirmed = confirmed
grade-fair = fair
grade-weak = weak
grade-contested = contested
grade-discounted = discounted
credibility = Credibility
open-incident = Open the incident
may-be-one = May be one with
why = Reason
why-hint = left empty: the words on the button
why-accept = Read over with its words
why-same = One incident on reading both
why-apart = Another occurrence on reading the words
why-move = The words are about the other incident
why-reject = Misread
why-verify = Checked
why-refute = Checked and not so
why-grade = Known from earlier reports
why-undo = Taken back
undo = Undo
undo-hint = u takes it back
last-ruling = Last ruling
key-review = in review: accept, reject, same, move, split off, split in groups, archive, verify, refute, undo
queue-left =
    { $n ->
        [one] { $n } waits
       *[other] { $n } wait
    }
accounts-of =
    { $n ->
        [one] { $n } account
       *[other] { $n } accounts
    }

## Exchange

export-as = Save these incidents as
export-jsonl = every record, one JSON object a line
export-csv = a table of text
export-xlsx = a workbook
export-geojson = points and areas for maps
export-gpkg = layers for QGIS, styled
export-parquet = columns for data frames
export-kml = for globes
export-hxl = a table with HXL tags
export-acled = in the columns of ACLED
export-ucdp = deaths, in the columns of UCDP
export-cap = alerts, as drafts
export-plover = events in JSON

## Areas, states, reading without a network
screen-area = Trend
province = Province
offline = The server cannot be reached.
offline-why = Shown is what this device read at { $read }. The record speaks up to { $day }; what came later is not known here, and its absence says nothing.
offline-missing = The server cannot be reached, and this was not kept on this device.
area-title = { $area } over time
area-which = Area
area-trend = Trend of this area
area-only = Only this
area-list = Show on map and list
area-line = Incidents over time
area-table = Figures of the line
area-kinds = What they are
area-heard = Days heard
area-heard-all = somebody was heard on every day
area-heard-part = on some days nobody was heard
area-unheard = nobody was heard: not a zero
area-heard-zone = A day counts as heard when somebody of the zone was heard on it.
area-heard-why = Coverage is kept by zone: a day counts as heard when somebody of any zone, or of the rest of the country, was heard on it.
area-perhaps = An incident whose place is not settled counts in every area that it may lie in, and one that spans days on its first day.
step = Step
step-week = Week
step-month = Month
step-year = Year
difference = Between two states
difference-why = What came, went and changed, and which pages and rulings did it.
difference-from = From
difference-to = To
difference-choose = Choose a state
difference-one = The history holds one state only so far.
difference-others = Other kinds
difference-was = was
difference-pages-came = New pages:
difference-pages-went = Pages that went:
difference-rulings-came = New rulings:
difference-rulings-went = Rulings that went:
difference-no-page = No page and no ruling came to it: the data or another incident changed.
kind-passage = passage
kind-statement = statement
kind-contradiction = contradiction
kind-complaint = complaint
kind-agreement = agreement
kind-zone = zone
kind-deadline = deadline
kind-round = round of talks
kind-meeting = meeting
kind-position = position
kind-stand = stand
kind-holding = control
kind-control_change = change of control
kind-delivery = delivery
kind-return = return
kind-measure = measure
kind-zone_day = day of a zone
kind-outlet_day = day of an outlet
kind-unseen = unseen place
kind-place = place
kind-figure = figure
kind-time = time
kind-actor_mention = mention of an actor
kind-artefact = artefact
kind-ruling = ruling
kind-review = review item
kind-note = note
## Import
screen-import = Import
kind-foreign = row of others
import-why = Tables of others are kept apart from our incidents and never count as evidence for them. Every version of a row is kept; a table comes in whole or not at all.
import-file = A table
import-drop = Choose a file or drop it here: ACLED, UCDP GED, HXL, or a table of your own, as CSV, XLSX or GeoJSON, up to 64 MB. Nothing is kept before you say so.
import-sign-in = Analysts, reviewers and administrators take in tables.
import-sending = Sending
import-reading = The table is being read …
import-keeping = The table is being logged; from here on it cannot be stopped …
import-stopped = Stopped. Nothing was kept.
import-kept = Kept as entry { $n } of the log.
import-result = New: { $n }. Changed: { $shown }. As before: { $total }.
import-already = The log holds this very table already, read in the same way.
import-keepable = Rows that would be kept: { $n }
import-rejected = Rows turned down: { $n }
import-source = Publisher
import-source-why = Publisher: the same for each of its tables, so that a later one gives new versions of its rows.
import-sheet = Sheet
import-dates = Day and month
dates-none = as written
dates-day-first = day first
dates-month-first = month first
import-columns-why = Under the name of each column stands what it is taken for. Change it, and the table is read again.
import-taken-for = What column { $name } is taken for
import-not-read = not read
import-as-read = As it will be read
import-keep = Keep these rows: { $n }
import-another = Let it be
import-download = Download the rows turned down
import-first-on = first on line { $n }
import-rows = The rows themselves: { $shown } of { $total }
import-line = Line
import-row = Row as written
import-others = Rows of others in the log
import-others-count = Rows: { $n }, each in its newest version.
import-versions = Versions
table-acled = ACLED
table-ucdp = UCDP GED
table-hxl = HXL
table-csv = a table of its own
column-id = Id
column-date = Day, or first day
column-date_end = Last day
column-time_code = Precision of time
column-place = Place
column-province = Province
column-country = Country
column-lat = Latitude
column-lon = Longitude
column-place_code = Precision of place
column-event = Type of event
column-sub_event = Type below it
column-actor1 = Actor
column-actor2 = Other actor
column-deaths = Killed
column-deaths_low = Killed, lowest
column-deaths_high = Killed, highest
column-sources = Sources
column-notes = Notes
see-as = As others see it
see-as-show = Show
see-as-nothing = The record, or a part of it, is withheld whole.

## Archived, and parted into groups
archived = Archived
archived-what = A ruling leaves it out of lists, maps and counts. It, its words and its findings are kept; something new told of it brings it back.
archived-why = Rulings left these out of the counts and the annex. They are kept in the record, with their words and findings. What is archived is not quiet.
archived-n = + { $n } archived
archived-beside = { $n } archived, not counted
archived-among = { $n } of them archived
archived-show = Show
show-archived = Show archived
do-archive = Archive
do-archive-why = Kept, and left out of lists, maps and counts until something new is told
decision-archive = archived
why-archive = Outside what is followed here
archive-back = Bring back
archive-back-why = It is counted and listed again; the ruling stays in the log as taken back.
archive-done = Logged. The record follows within moments.
archive-back-done = Logged. It comes back within moments.
do-split = Split in groups
do-split-why = Its accounts are about several occurrences
decision-split = split in groups
why-split = Several occurrences on reading the words
split-keys = Give each account a group: 1 to 9 puts the marked words there and goes on, n and p move. Copies go with their words.
split-group = Group { $n }
split-group-of = Group of: { $name }
split-by-origin = A group for each origin
split-by-page = A group for each page
split-together = All in one
split-none = All are in one group; nothing is split.
split-into = { $n ->
    [one] Split into { $n }
   *[other] Split into { $n }
}
foreseen-asking = What it would change is being worked out …
foreseen-gone = No longer there: { $n }
foreseen-new = New: { $n }
foreseen-changed = Changed: { $n }
foreseen-none = Nothing would change.

## Checking a record in the browser
check-record = Check this record
check-why = This browser works out itself whether the log holds a page: its entry, the hashes from there to the signed head, the signature. The server is asked for the proof, and for nothing while it is checked.
check-choose = Choose a page below, or the id of a record above.
check-proof = Check
check-again = Check again
check-key = Key of the log
check-key-server = This server says that it is the key. Whoever runs it could say so of any key: compare it with one that you got elsewhere, or paste that one.
check-key-own = Checked with the key that you gave, not with the one of this server.
check-key-differs = The server names another key than yours.
check-key-paste = A key that you trust
check-holds = Holds: entry { $n } is in the log of { $total } entries.
check-fails = Does not hold
check-without = This browser checks signatures only over HTTPS, or on the machine of the server itself.
check-content = The entry speaks of bytes with this hash, taken in at { $when }
check-file = Compare with your own copy of the page
check-file-same = Your file has these very bytes.
check-file-other = Your file has other bytes.
check-cli = The same with the program, anywhere:
check-step-proof = The proof reads
check-step-key = The key reads
check-step-note = The head of the log is a signed note
check-step-signature = The signature is by the key
check-step-checkpoint = The head is of the log of that key
check-step-path = The hashes lead from the entry to the head
check-leaf = Entry
check-pages = { $n ->
    [one] { $n } page that it rests on
   *[other] { $n } pages that it rests on
}

## Made coarser
privacy = Places rounded, hours and names left out
privacy-why = For everybody below a role. Names, words, pages, findings, other kinds of records, the report and every export but JSON Lines are then closed to them: these would tell the rest. Filters by place, words and findings find nothing for them. A number of an incident follows from its pages: whoever has these can find it.
privacy-on = Made coarser for everybody below
privacy-off = Everything is shown as it is, save what is withheld below.
privacy-none = for nobody
privacy-exact = place as it is
privacy-km = place to { $distance } or more
privacy-days = days without hours
privacy-hours = times as they are
privacy-names = nobody is named or quoted
precision-coarse = rounded
place-coarse = place rounded
coarse-for-you = Made coarser for your role: places are rounded, or hours left out, and nobody is named or quoted. What is empty here is not untold.
weight-coarse = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
}, { $independent } independent
not-shown = not shown to your role
coarse-report = Zones, findings and coverage are closed to your role, and without them this page would say what is not so. Sign in with another role, or look at the list.
