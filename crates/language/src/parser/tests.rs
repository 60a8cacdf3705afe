use super::{Action, ParseModel, State};
use crate::analysis::Relation;

#[test]
fn every_action_has_a_number() {
    for index in 0..Action::COUNT {
        assert_eq!(Action::at(index).index(), index);
    }
}

#[test]
fn whatever_is_chosen_a_tree_with_one_root_comes_out() {
    // always the last allowed action, then always the first: the two worst parsers there are
    for from_end in [false, true] {
        for words in 0..7 {
            let mut state = State::new(words);
            while !state.is_done() {
                let runs: Vec<usize> = state.allowed_ranges().into_iter().flatten().collect();
                let one_by_one: Vec<usize> = (0..Action::COUNT)
                    .filter(|i| state.allows(Action::at(*i)))
                    .collect();
                assert_eq!(runs, one_by_one);
                let mut allowed = (0..Action::COUNT).map(Action::at).filter(|a| state.allows(*a));
                let action = if from_end {
                    allowed.next_back()
                } else {
                    allowed.next()
                };
                state.apply(action.expect("some action is always allowed"));
            }
            let tree = state.into_tree();
            let roots = tree.iter().filter(|(head, _)| head.is_none()).count();
            assert_eq!(roots, usize::from(words > 0));
            assert!(
                tree.iter()
                    .all(|(head, relation)| head.is_none() == (*relation == Relation::Root))
            );
            for start in 0..words {
                let mut word = start;
                for _ in 0..words {
                    let Some(head) = tree[word].0 else { break };
                    word = head;
                }
                assert_eq!(tree[word].0, None, "every word reaches the root");
            }
        }
    }
}

#[test]
fn a_broken_file_is_no_model() {
    assert!(ParseModel::decode(b"").is_none());
    assert!(ParseModel::decode(b"no parser").is_none());
}
