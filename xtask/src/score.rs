//! Accuracy on labelled data beside the trivial baseline and the best published peer.

pub(crate) mod places;

/// One figure with its interval, baseline and peer.
#[derive(Clone, Debug)]
pub(crate) struct ScoreRow {
    pub(crate) task: String,
    pub(crate) set: String,
    pub(crate) metric: String,
    pub(crate) n: usize,
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) baseline: Option<f64>,
    pub(crate) baseline_name: String,
    pub(crate) peer: String,
}

#[expect(clippy::print_stdout, reason = "xtask speaks to people")]
pub(crate) fn print(rows: &[ScoreRow]) -> anyhow::Result<()> {
    for row in rows {
        let baseline = row
            .baseline
            .map_or_else(String::new, |value| format!("{value:.3} ({})", row.baseline_name));
        println!(
            "{:8} {:28} {:22} n={:<5} {:.3} [{:.3}, {:.3}]  {:32} {}",
            row.task, row.set, row.metric, row.n, row.value, row.low, row.high, baseline, row.peer
        );
    }
    Ok(())
}
