package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

const trainBase = `
object Features = R[3]
object Logit
object Probability in [0, 1]
object Target in {0, 1}
object Other in {0, 1}
object Loss in [0, inf)
object Rate in (0, inf)
object Neuron = { weight: R[3], bias: R }

arrow affine:  Features -> Logit given Neuron = std.affine
arrow sigmoid: Logit -> Probability           = std.sigmoid
arrow bce:     Probability * Target -> Loss   = std.binary_cross_entropy
arrow predict = affine >> sigmoid
arrow measure = predict * id >> bce
endo step on Neuron = grad measure >> sgd(rate: 0.1)
endo open on Neuron given Rate = grad measure >> sgd

data rows: Features * Target from csv "a.csv" { Features: columns 1..3, Target: column 4 }
data held: Features * Target from csv "a.csv" { Features: columns 1..3, Target: column 4, split: 80 / 20 }
data others: Features * Other from csv "a.csv" { Features: columns 1..3, Other: column 4 }
data short: Features from csv "a.csv" { Features: columns 1..3 }
`

func scheduled(arrow, entry string) string {
	return train("step: open, on: rows, "+entry) + "object Step = Int\narrow " + arrow + "\n"
}

// normed has a step that gathers over the examples of its batch.
const normed = trainBase + `
object Norm = { scale: R[3], shift: R[3], mean: R[3] running, variance: R[3] running }
arrow norm: Features -> Features given Norm = std.batch_norm
arrow swung: Features * Target -> Loss given Swung = (norm >> predict) * id >> bce
endo swing on Swung = grad swung >> sgd(rate: 0.1)
`

// listed has a step on lists.
func listTraining(entries string) string {
	return `
object Letter = Fin[3]
object Scores = R[3]
object Loss   = R in [0, inf)
object Table  = R[3, 3]
arrow pairs: List[Letter] -> List[Letter * Letter] = std.windows
arrow score: Letter -> Scores given Table = std.lookup
arrow nll: Scores * Letter -> Loss = std.softmax_cross_entropy
arrow average: List[Loss] -> Loss = std.mean
arrow all = pairs >> map (score * id >> nll) >> average
endo step on Table = grad all >> sgd(rate: 1)
data names: List[Letter] from text "a.txt" { alphabet: "abc", rows: lines }
train fit { step: step, on: names, ` + entries + ` }
`
}

func train(entries string) string { return trainBase + "train fit { " + entries + " }\n" }

func TestTrainFaults(t *testing.T) {
	runFaults(t, []fault{
		{"no step", train("on: rows"), []string{"CT0908 fit"}},
		{"no data", train("step: step"), []string{"CT0908 fit"}},
		{"unknown step", train("step: stepp, on: rows"), []string{"CT0203 stepp"}},
		{"an arrow for a setting of an unknown step", train("step: stepp, on: rows, rate: sigmoid"), []string{"CT0203 stepp"}},
		{"arrow as step", train("step: predict, on: rows"), []string{"CT0205 predict"}},
		{"arrow as data", train("step: step, on: predict"), []string{"CT0205 predict"}},
		{"unknown data", train("step: step, on: row"), []string{"CT0203 row"}},
		{"other row", train("step: step, on: others"), []string{"CT0907 others"}},
		{"shorter row", train("step: step, on: short"), []string{"CT0907 short"}},
		{"unknown entry", train("step: step, on: rows, epoch: 3"), []string{"CT0901 epoch"}},
		{"entry twice", train("step: step, on: rows, epochs: 3, epochs: 4"), []string{"CT0902 epochs"}},
		{"batch of zero", train("step: step, on: rows, batch: 0"), []string{"CT0909 0"}},
		{"broken batch", train("step: step, on: rows, batch: 2.5"), []string{"CT0909 2.5"}},
		{"micro-batch of zero", train("step: step, on: rows, micro_batch: 0"), []string{"CT0909 0"}},
		{"micro-batch of no number", train("step: step, on: rows, micro_batch: full"), []string{"CT0203 full"}},
		{"micro-batch beyond the batch", train("step: step, on: rows, batch: 8, micro_batch: 9"), []string{"CT0909 9"}},
		{"micro-batch beyond the usual batch", train("step: step, on: rows, micro_batch: 33"), []string{"CT0909 33"}},
		{"micro-batch of what needs the batch", normed + "train fit { step: swing, on: rows, batch: 8, micro_batch: 4 }", []string{"CT0909 micro_batch"}},
		{"micro-batch of a list", listTraining("batch: 1, micro_batch: 1"), []string{"CT0909 1"}},
		{"epochs below zero", train("step: step, on: rows, epochs: -1"), []string{"CT0909 -1"}},
		{"unknown metric", train("step: step, on: rows, report: acuracy"), []string{"CT0914 acuracy"}},
		{"metric twice", train("step: step, on: rows, report: auc, auc"), []string{"CT0902 auc"}},
		{"metric of the loss", train("step: step, on: rows, report: perplexity of predict"), []string{"CT0910 perplexity of predict"}},
		{"metric of another arrow", train("step: step, on: rows, report: accuracy of sigmoid"), []string{"CT0910 accuracy of sigmoid"}},
		{"metric that does not fit", train("step: step, on: rows, report: accuracy of affine"), []string{"CT0910 accuracy of affine"}},
		{"metric of a sum of losses", trainBase + "arrow doubled(x: Features, t: Target) -> Loss {\n p = predict(x)\n bce(p, t) + bce(p, t)\n}\nendo twice on Neuron = grad doubled >> sgd(rate: 0.1)\ntrain fit { step: twice, on: rows, report: accuracy }", []string{"CT0910 accuracy"}},
		{"metric of a loss from the file", trainBase + "data told: Features * Loss from csv \"a.csv\" { Features: columns 1..3, Loss: column 4 }\narrow passed = predict * id[Loss] >> (drop * id)\nendo twice on Neuron = grad passed >> sgd(rate: 0.1)\ntrain fit { step: twice, on: told, report: accuracy }", []string{"CT0910 accuracy"}},
		{"metric of nothing known", train("step: step, on: rows, report: accuracy of predcit"), []string{"CT0203 predcit"}},
		{"metric with nothing to say", train("step: step, on: rows, report: accuracy(3)"), []string{"CT0909 accuracy(3)"}},
		{"average of no kind", train("step: step, on: rows, report: f1(mean)"), []string{"CT0909 f1(mean)"}},
		{"several averages", train("step: step, on: rows, report: f1(macro, micro)"), []string{"CT0909 f1(macro, micro)"}},
		{"top of two", train("step: step, on: rows, report: top_k(2)"), []string{"CT0910 top_k(2)"}},
		{"arguments of an entry", train("step: step, on: rows, epochs: many(3)"), []string{"CT0909 many(3)"}},
		{"arrow of something else", train("step: step, on: rows, report: affine"), []string{"CT0910 affine"}},
		{"arrow to no number", trainBase + "arrow both: Probability * Target -> Probability * Target = id\ntrain fit { step: step, on: rows, report: both }", []string{"CT0910 both"}},
		{"arrow of another row", trainBase + "arrow far: Features * Other -> Loss\ntrain fit { step: step, on: rows, report: far }", []string{"CT0910 far"}},
		{"arrow of other parameters", trainBase + "object W = R[3]\narrow far: Features * Target -> Loss given W\ntrain fit { step: step, on: rows, report: far }", []string{"CT0910 far"}},
		{"arrow of an arrow", train("step: step, on: rows, report: bce of predict"), []string{"CT0909 bce of predict"}},
		{"arrow that is faulty", trainBase + "arrow far: Nope -> Loss\ntrain fit { step: step, on: rows, report: far }", []string{"CT0203 Nope"}},
		{"no patience", train("step: step, on: held, patience: 0"), []string{"CT0909 0"}},
		{"two patiences", train("step: step, on: held, patience: 1, 2"), []string{"CT0909 1, 2"}},
		{"difference below zero", train("step: step, on: held, patience: 1, min_delta: -1"), []string{"CT0909 -1"}},
		{"difference of nothing known", train("step: step, on: held, patience: 1, min_delta: Nope"), []string{"CT0203 Nope"}},
		{"difference of two", train("step: step, on: held, patience: 1, min_delta: 1, 2"), []string{"CT0909 1, 2"}},
		{"keeping the first", train("step: step, on: held, keep: first"), []string{"CT0909 first"}},
		{"keeping a number", train("step: step, on: held, keep: 3"), []string{"CT0909 3"}},
		{"watching what is not reported", train("step: step, on: held, patience: 1, report: auc, watch: accuracy"), []string{"CT0909 accuracy"}},
		{"watching a confusion", train("step: step, on: held, patience: 1, report: confusion, watch: confusion"), []string{"CT0909 confusion"}},
		{"watching nothing held out", train("step: step, on: rows, patience: 3"), []string{"CT0919 patience"}},
		{"keeping by nothing held out", train("step: step, on: rows, keep: best"), []string{"CT0919 keep"}},
		{"metric by number", train("step: step, on: rows, report: 3"), []string{"CT0914 3"}},
		{"two values", train("step: step, on: rows, epochs: 3, 4"), []string{"CT0909 3, 4"}},
		{"two steps", train("step: step, open, on: rows"), []string{"CT0909 step"}},
		{"setting of two values", train("step: open, on: rows, rate: 1, 2"), []string{"CT0909 1, 2"}},
		{"metric of other parameters", trainBase + "object Other2 = { w: R[3], b: R }\narrow guess: Features -> Probability given Other2\ntrain fit { step: step, on: rows, report: accuracy of guess }", []string{"CT0910 accuracy of guess"}},
		{"open setting", train("step: open, on: rows"), []string{"CT0908 fit"}},
		{"setting outside", train("step: open, on: rows, rate: -1"), []string{"CT0503 -1"}},
		{"schedule of no count", train("step: open, on: rows, rate: bce"), []string{"CT0918 bce"}},
		{"schedule to another object", train("step: open, on: rows, rate: sigmoid"), []string{"CT0918 sigmoid"}},
		{"endo as schedule", train("step: open, on: rows, rate: step"), []string{"CT0918 step"}},
		{"schedule that is faulty", scheduled("fall: Step -> Nope", "rate: fall"), []string{"CT0203 Nope"}},
		{"schedule of parameters", scheduled("fall: Step -> Rate given Neuron", "rate: fall"), []string{"CT0918 fall"}},
		{"schedule of three counts", scheduled("fall: Step * Step * Step -> Rate", "rate: fall"), []string{"CT0918 fall"}},
		{"schedule that may fail", scheduled("fall: Step -> Rate = std.exponential_decay(rate: 1, by: 0.5)\narrow late: Step -> Rate = std.single >> std.first >> fall", "rate: late"), []string{"CT0918 late"}},
		{"metric without a comma", train("step: step, on: rows, report: f1(macro micro)"), []string{"CT0101 micro"}},
		{"two schedules", scheduled("fall: Step -> Rate", "rate: fall, fall"), []string{"CT0909 fall, fall"}},
		{"schedule of nothing known", train("step: open, on: rows, rate: other.fall"), []string{"CT0203 other.fall"}},
		{"step without a loss", trainBase + "arrow follow: Features * Target -> Neuron given Neuron\nendo after on Neuron = follow\ntrain fit { step: after, on: rows }", []string{"CT0922 after"}},
		{"faulty data is silent", train("step: step, on: broken") + "data broken: Nope from csv \"a.csv\" { }", []string{"CT0203 Nope"}},
	})
}

func TestTrainOnClasses(t *testing.T) {
	const classes = `
object Image = R[4]
object Digit = Fin[3]
object Odd = R[2]
object Scores = R[3]
object Distribution = R[3] in simplex
object Loss in [0, inf)
object Layer = { weight: R[3, 4], bias: R[3] }
arrow linear: Image -> Scores given Layer = std.affine
arrow softmax: Scores -> Distribution = std.softmax
arrow nll: Distribution * Digit -> Loss = std.cross_entropy
arrow measure = (linear >> softmax) * id >> nll
endo step on Layer = grad measure >> sgd(rate: 0.1)
data rows: Image * Digit from csv "a.csv" { Image: columns 1..4, Digit: column 5 }
`
	cat := mustCheck(t, classes+"train fit { step: step, on: rows, report: accuracy, perplexity }")
	require.Len(t, cat.Trains[0].Metrics, 2)
	cat = mustCheck(t, classes+"dim Best = 2\narrow far: Distribution * Digit -> Loss\ntrain fit { step: step, on: rows, report: top_k(Best), f1, f1(macro), recall(micro), confusion, nll, measure, far }")
	m := cat.Trains[0].Metrics
	require.Len(t, m, 8)
	require.Equal(t, 2, m[0].K)
	require.Equal(t, "macro", m[2].Average)
	require.False(t, m[5].OfRow)
	require.True(t, m[6].OfRow)
	for report, want := range map[string]string{
		"top_k": "CT0909 top_k", "top_k(0)": "CT0909 top_k(0)", "top_k(4)": "CT0909 top_k(4)", "top_k(Nope)": "CT0203 Nope",
	} {
		_, list := checkSpec(t, classes+"train fit { step: step, on: rows, report: "+report+" }", Options{})
		require.Equal(t, []string{want}, found(list))
	}
	for _, m := range []string{"auc", "mse", "r2", "mae"} {
		_, list := checkSpec(t, classes+"train fit { step: step, on: rows, report: "+m+" }", Options{})
		require.Equal(t, []string{"CT0910 " + m}, found(list))
		require.Contains(t, hints(list), "Distribution * Digit")
	}
}

func TestTrain(t *testing.T) {
	cat := mustCheck(t, train("step: step, on: rows, batch: full, epochs: 60, report: accuracy, auc, mse, perplexity, accuracy of predict"))
	tr := cat.Trains[0]
	require.Equal(t, "step", tr.Step.Name)
	require.Equal(t, "rows", tr.On.Name)
	require.Equal(t, 0, tr.Batch)
	require.Equal(t, 60, tr.Epochs)
	require.Len(t, tr.Metrics, 5)
	require.Equal(t, "predict", tr.Metrics[4].Of.Name)

	var outs []string
	for _, w := range tr.Predict.Outs {
		outs = append(outs, tr.Predict.TypeOf(w).String())
	}
	require.Equal(t, "Probability Target", strings.Join(outs, " "))
	require.Equal(t, "Loss", tr.Measure.TypeOf(tr.Measure.Outs[0]).String())
	require.Less(t, len(tr.Predict.Nodes), len(tr.Measure.Nodes))

	// The measured diagram is found through named gradients and named losses.
	again := mustCheck(t, trainBase+`
arrow loss = measure
arrow gradient = grad loss
endo through on Adam[Neuron] = gradient >> adam(rate: 0.1)
train fit { step: through, on: rows, report: auc }`).Trains[0]
	require.Len(t, again.Predict.Outs, 2)
	require.Len(t, again.Measure.Nodes, len(tr.Measure.Nodes))

	tr = mustCheck(t, train("step: open, on: rows, rate: 0.5")).Trains[0]
	require.Equal(t, []category.TrainSetting{{Value: 0.5}}, tr.Settings)
	require.Equal(t, defaultBatch, tr.Batch)
	require.Equal(t, defaultEpochs, tr.Epochs)

	tr = mustCheck(t, train("step: step, on: rows, batch: full, micro_batch: 64")).Trains[0]
	require.Zero(t, tr.Batch)
	require.Equal(t, 64, tr.MicroBatch)
	require.Zero(t, mustCheck(t, train("step: step, on: rows")).Trains[0].MicroBatch)

	tr = mustCheck(t, train("step: step, on: held, patience: 5, min_delta: 1/100, keep: last, report: f1(macro) of predict, watch: f1(macro) of predict")).Trains[0]
	require.Equal(t, 5, tr.Patience)
	require.InDelta(t, 0.01, tr.MinDelta, 1e-12)
	require.Equal(t, "f1(macro) of predict", tr.Watch)
	require.Equal(t, "last", tr.Keep)
	require.Empty(t, mustCheck(t, train("step: step, on: held, keep: best, watch: loss")).Trains[0].Watch)
	tr = mustCheck(t, scheduled("fall: Step * Step -> Rate = std.cosine(rate: 0.1)", "rate: fall")).Trains[0]
	require.Equal(t, "fall", tr.Settings[0].Schedule.Name)
}

// A step on lists takes one of them.
func TestTrainOnLists(t *testing.T) {
	const lists = `
object Token = Fin[256]
object Pair = Token * Token
object Scores = R[256]
object Loss in [0, inf)
object Table = R[256, 256]
arrow pairs: List[Token] -> List[Pair] = std.windows
arrow score: Token -> Scores given Table = std.lookup
arrow nll: Scores * Token -> Loss = std.softmax_cross_entropy
arrow average: List[Loss] -> Loss = std.mean
arrow measure = pairs >> map (score * id >> nll) >> average
endo step on Table = grad measure >> sgd(rate: 0.1)
data lines: List[Token] from text "a.txt" { rows: lines }
data whole: List[Token] from text "a.txt" { }
data pairs2: Token * Token from text "a.txt" { }
`
	fit := func(entries string) string { return lists + "train fit { step: step, " + entries + " }" }
	for entries, batch := range map[string]int{
		"on: lines": 1, "on: lines, batch: 1": 1, "on: whole": 1, "on: whole, batch: full": 0,
	} {
		tr := mustCheck(t, fit(entries)).Trains[0]
		require.Equal(t, batch, tr.Batch, entries)
		require.Len(t, tr.Writers(tr.Step.Category), 1, "the table continues a text")
	}
	runFaults(t, []fault{
		{"several lists", fit("on: lines, batch: 8"), []string{"CT0909 8"}},
		{"all lists", fit("on: lines, batch: full"), []string{"CT0909 full"}},
		{"no batch", fit("on: lines, batch: 0"), []string{"CT0909 0"}},
		{"another row", fit("on: pairs2"), []string{"CT0907 pairs2"}},
		{"what lists have not", fit("on: lines, report: accuracy"), []string{"CT0910 accuracy"}},
		{"of an arrow", fit("on: lines, report: accuracy of score"), []string{"CT0910 accuracy of score"}},
	})
}
