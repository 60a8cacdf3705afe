use super::*;

fn features(names: &[&str]) -> Features {
    let mut features = Features::new();
    for name in names {
        features.add(name, &[]);
    }
    features
}

fn weight(name: &str, row: &[f32]) -> (u32, Vec<f32>) {
    (features(&[name]).hashes()[0], row.to_vec())
}

#[test]
fn names_and_values_keep_features_apart() {
    let mut all = Features::new();
    all.add("a", &["b", "c"]);
    all.add("a", &["bc"]);
    all.add("ab", &["c"]);
    all.add("a", &["b", "c", ""]);
    let mut hashes = all.hashes().to_vec();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 4);
}

#[test]
fn a_classifier_weighs_its_features_and_survives_packing() {
    let labels = vec!["no".to_owned(), "yes".to_owned()];
    let model = Classifier::from_weights(
        labels,
        &[weight("sun", &[-1.0, 2.0]), weight("rain", &[1.5, 0.0])],
    );
    let again = Classifier::from_bytes(&model.to_bytes()).expect("its own bytes");
    assert_eq!(again.to_bytes(), model.to_bytes());
    for model in [&model, &again] {
        assert_eq!(model.best(&features(&["sun", "unknown"])), Some(1));
        assert_eq!(model.best(&features(&["rain"])), Some(0));
        assert_eq!(model.best(&features(&[])), Some(0), "the first of equals");
        let sure = model.probabilities(&features(&["sun"]))[1];
        assert!((sure - 0.953).abs() < 0.002, "1/(1+e^-3), was {sure}");
    }
}

#[test]
fn a_sequencer_takes_the_best_row_and_keeps_to_what_is_allowed() {
    let never = f32::NEG_INFINITY;
    let labels = ["O", "B", "I"].map(str::to_owned).to_vec();
    let weights = [weight("x", &[0.0, 1.0, 3.0]), weight("y", &[3.0, 0.0, 0.0])];
    // an I only after a B or an I
    let transitions = [
        vec![0.0, 0.0, never],
        vec![0.0, 0.0, 0.0],
        vec![0.0, 0.0, 0.0],
        vec![0.0, 0.0, never],
    ];
    let model = Sequencer::from_weights(labels, &weights, &transitions);
    let row = [
        features(&["y"]),
        features(&["x"]),
        features(&["x"]),
        features(&["y"]),
    ];
    for model in [
        &model,
        &Sequencer::from_bytes(&model.to_bytes()).expect("its own bytes"),
    ] {
        assert_eq!(model.label(&row), [0, 1, 2, 0]);
        assert!(model.label(&[]).is_empty());
    }
}

#[test]
fn broken_files_give_no_model() {
    let model = Classifier::from_weights(vec!["a".to_owned()], &[weight("x", &[1.0])]);
    let bytes = model.to_bytes();
    for cut in 0..bytes.len() {
        let _ = Classifier::from_bytes(&bytes[..cut]);
        let _ = Sequencer::from_bytes(&bytes[..cut]);
    }
    assert!(Sequencer::from_bytes(&bytes).is_none(), "transitions are missing");
    assert!(Classifier::from_bytes(b"not a model").is_none());
}
