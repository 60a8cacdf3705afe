//! A hundred thousand incidents in every format, and a table of as many rows taken in.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use jiff::civil::date;
use model::{Act, Metric, Picture, Region};
use places::ReadyZone;
use reports::{Crosswalk, FORMATS, Told};

use super::judging::{Dice, agreement, incident};
use super::pack::Pack;
use super::{memory, verdict};
use crate::clock::wall;
use crate::served::binary;

/// Incidents of the export, and rows of the table.
const COUNT: usize = 100_000;
/// Different places at which they happen.
const SPOTS: usize = 4_000;
/// Longest import, in seconds.
const IMPORT_MAX_S: f64 = 10.0;

/// Times both and prints; time on the wall.
pub(super) fn main(root: &Path) -> Result<()> {
    let data = root.join("data");
    let pack = Pack::read(&data)?;
    let read = |name: &str| std::fs::read_to_string(data.join(name)).context("a table of the data");
    let told = |faults: Vec<model::DataFault>| anyhow::anyhow!("the data have {} faults", faults.len());
    let crosswalk = Crosswalk::parse("acts.tsv", &read("acts.tsv")?)
        .and_then(|crosswalk| crosswalk.with_codes("codes.tsv", &read("codes.tsv").unwrap_or_default()))
        .map_err(told)?;
    let picture = picture(&pack)?;
    println!(
        "{} incidents, time on the wall; memory with the picture alone {}",
        picture.incidents.len(),
        memory()
    );
    for format in FORMATS {
        forget_peak();
        let start = wall();
        let mut out = Counted(0);
        let left_out = reports::export(&Told::whole(&picture), &crosswalk, format, &mut out)?;
        let seconds = (wall() - start).as_secs_f64();
        println!(
            "{:<8} {seconds:>7.2} s {:>8.1} MB  left out {left_out:>6}  memory at the highest {}",
            format.word,
            out.0 as f64 / 1e6,
            memory()
        );
        ensure!(out.0 > 0, "{} is empty", format.word);
    }
    import()
}

/// Where a file goes that nobody keeps.
struct Counted(usize);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From now on the highest memory is counted anew, where the system can do so.
fn forget_peak() {
    // Documented in proc(5): 5 sets the peak to what is held now. Where it is refused, peaks only rise.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn picture(pack: &Pack) -> Result<Picture> {
    let agreement = agreement(pack)?;
    let zones: Vec<ReadyZone> = agreement.zones.iter().cloned().map(ReadyZone::new).collect();
    let acts: Vec<Act> = pack.lexicon.acts().collect();
    let mut dice = Dice(7);
    let spots: Vec<Region> = (0..SPOTS).map(|_| dice.spot()).collect();
    let mut picture = Picture {
        as_of: Some(date(2018, 5, 6)),
        ..Picture::default()
    };
    for nth in 0..COUNT {
        let (mut made, _) = incident(nth, &mut dice, &spots, &acts, pack.lexicon.actors(), &zones);
        let low = (nth % 9) as u64;
        made.tolls = vec![model::Toll {
            metric: Metric::Killed,
            range: model::Count::between(low, low + 2),
            best: model::Count::exactly(low + 1),
            accounts: Vec::new(),
            because: model::Because::new("bench", "made up"),
        }];
        picture.incidents.push(made);
    }
    Ok(picture)
}

/// The binary takes a table of rows like those of ACLED into a workspace of its own, as a user would.
fn import() -> Result<()> {
    println!("\nimport");
    let Some(binary) = binary() else {
        println!("left out: no release binary is here; `cargo build --release -p truceline` makes it");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let (table, workspace) = (folder.path().join("table.csv"), folder.path().join("w"));
    let text = rows()?;
    std::fs::write(&table, &text)?;
    for what in ["first", "again"] {
        let start = wall();
        let status = Command::new(&binary)
            .args(["-q", "import"])
            .arg(&table)
            .arg("--workspace")
            .arg(&workspace)
            .stdout(Stdio::null())
            .status()?;
        ensure!(status.success(), "the import gave {status}");
        let seconds = (wall() - start).as_secs_f64();
        println!(
            "{COUNT} rows, {:.0} MB, {what}: {seconds:.2} s{}",
            text.len() as f64 / 1e6,
            verdict(seconds <= IMPORT_MAX_S, &format!("at most {IMPORT_MAX_S} s"))
        );
    }
    Ok(())
}

fn rows() -> Result<String> {
    let mut text = String::from(
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n",
    );
    for nth in 0..COUNT {
        let (month, day, dead) = (1 + nth % 12, 1 + nth % 28, nth % 9);
        writeln!(
            text,
            "SYR{nth},2017-{month:02}-{day:02},2017,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,Forces,,1,Civilians,,7,17,,760,Middle East,Syria,Aleppo,Azaz,Azaz,Azaz,36.5861,37.0447,1,Observatory; Agency,Other,\"Shells, reported as artillery, fell on the outskirts of Azaz (Aleppo). {dead} people were reported killed, and an unknown number was injured; the source gives no further particulars.\",{dead},,1500000000"
        )?;
    }
    Ok(text)
}
