// The step of the book's program (Category Theory for Tiny ML in Rust), through
// what its crate offers: ../../next_token compiles it beside that crate. It prints
// the loss after 80 steps, and the fastest time of a step in nanoseconds.
use category_theory_transformer_rs::category::{StepCount, apply_endomorphism_n_times};
use category_theory_transformer_rs::domain::{
    LearningRate, ModelDimension, Parameters, TokenSequence, VocabSize,
};
use category_theory_transformer_rs::ml::{DatasetWindowing, average_loss};
use category_theory_transformer_rs::training::TrainStep;
use category_theory_transformer_rs::{CtResult, Morphism};
use std::hint::black_box;
use std::time::Instant;

fn main() -> CtResult<()> {
    let pairs = DatasetWindowing.apply(TokenSequence::from_indices([1, 2, 3, 4, 1, 2, 3, 4])?)?;
    let start = Parameters::init(VocabSize::new(5)?, ModelDimension::new(4)?);
    let step = TrainStep::new(pairs.clone(), LearningRate::new(1.0)?);
    let trained = apply_endomorphism_n_times(&step, start.clone(), StepCount::new(80))?;
    let loss = average_loss(&trained, &pairs)?;
    let mut best = f64::INFINITY;
    for _ in 0..400 {
        let from = black_box(start.clone());
        let began = Instant::now();
        black_box(apply_endomorphism_n_times(&step, from, StepCount::new(250))?);
        best = best.min(began.elapsed().as_nanos() as f64 / 250.0);
    }
    println!("{:.6} {:.1}", loss.value(), best);
    Ok(())
}
