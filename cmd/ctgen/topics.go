package main

import _ "embed"

// topic is a page of the manual that is about no single verb.
type topic struct {
	name     string // as `ctgen help` takes it
	title    string
	short    string
	sections []section
}

// topics returns the topics in the order of the overview.
func topics() []*topic {
	return []*topic{languageTopic(), exitCodesTopic(), environmentTopic(), jsonTopic()}
}

func findTopic(name string) *topic {
	for _, t := range topics() {
		if t.name == name {
			return t
		}
	}
	return nil
}

func topicNames() []string {
	var names []string
	for _, t := range topics() {
		names = append(names, t.name)
	}
	return names
}

func (t *topic) page() *page { return &page{name: t.title, short: t.short, sections: t.sections} }

//go:embed help/language.txt
var languageCard string

func languageTopic() *topic {
	return &topic{"language", "the language", "the language on one screen", []section{
		{"", blocks(languageCard)},
		{"terms", []block{{list: []item{
			{"f >> g", "first f, then g"},
			{"f * g", "side by side"},
			{"(f, g)", "one input, fanned out to both"},
			{"id, copy, drop, swap", "wires alone; id[A] says which"},
			{".weight, first, second", "a field, a factor"},
			{"grad f", "the gradient of a loss by its parameters"},
			{"map[F] f, repeat[n] f", "over elements, in sequence"},
			{"fold(f)", "a value carried over elements"},
			{"residual(f)", "a generic arrow, applied to arrows"},
			{"share f, f as label", "one slot of parameters for all uses; another name for one"},
			{"sgd(rate: 0.1)", "a setting; left out, it stays open"},
			{"?", "a hole: `ctgen check` says what fits"},
		}}, {text: "After `import \"layers.cat\"`, `layers.Dense` is what that file calls Dense. docs/language.md is the reference."}}},
	}}
}

func exitCodesTopic() *topic {
	return &topic{"exit-codes", "exit codes", "what a call tells scripts", []section{
		{"", []block{
			{list: []item{
				{"0", "fine; of `ctgen find`: something leads there; of an interrupted `ctgen train`: it ended after a whole step"},
				{"1", "findings in what was given: an error in a specification, stale files under --check, a law that fails, a training that diverges, hand-written Go that does not compile"},
				{"2", "wrong usage, a file that cannot be read or written, no Go toolchain where one is needed"},
				{"128 + n", "signal n ended the training program"},
			}},
			{text: "What was asked for goes to standard output, everything else to standard error. With exit code 2, and with 1 where no output is about the findings, standard output is empty."},
		}},
	}}
}

func environmentTopic() *topic {
	return &topic{"environment", "environment variables", "what the command and generated code read", []section{
		{"", []block{{list: []item{
			{"NO_COLOR", "where it is set and not empty, nothing is coloured; output that is no terminal never is"},
			{"TERM", "where it is dumb, nothing is coloured, no line is rewritten, and diagnostics keep to ASCII"},
			{"LC_ALL, LC_CTYPE, LANG", "where the first that is set names no UTF-8, diagnostics on a terminal keep to ASCII"},
			{"CTGEN_KERNELS", "the kernels that compiled models run: portable, neon, avx2 or avx512; a level that the machine lacks gives the best one below it (default: the best there is)"},
			{"CTGEN_SEED", "what the tests in generated packages draw their inputs from (default 1)"},
			{"CTGEN_FULL", "where it is not empty, tests draw many more inputs, and those of ctgen itself run in their long forms"},
			{"PATH, GOROOT", "where the go command is looked for, in this order, by the verbs that compile"},
			{"GOCACHE, GOFLAGS", "and whatever else the go command reads; of these `ctgen train` sets GOFLAGS, GOWORK, GOPROXY and GOTOOLCHAIN itself, and downloads nothing"},
			{"GOAMD64, GOARM64", "the processor that `ctgen train` compiles for; programs for several of them are kept side by side"},
			{"XDG_CACHE_HOME, HOME", "where compiled training programs and receipts of `ctgen generate` are kept: ctgen/ in the user's cache directory, which is LocalAppData on Windows"},
			{"GOGC, GOMEMLIMIT", "how eagerly the command itself collects garbage; it is in no hurry by default"},
		}}}},
	}}
}

func jsonTopic() *topic {
	return &topic{"json", "JSON forms", "what the command reads and writes as JSON", []section{
		{"", blocks("Fields may be added in later releases; none of these goes away or changes its meaning before the next major version.")},
		{"values", []block{
			{list: []item{
				{"R", "a number"},
				{"R[2, 3]", "nested arrays"},
				{"Fin[10], Int", "a whole number"},
				{"Bool, Text", "as they are"},
				{"{ weight: W, bias: B }", "an object, by field name"},
				{"A * B * C", "an array of three, however the product was built"},
				{"A ^ n, List[A]", "an array"},
				{"Option[A]", "the value or null"},
				{"tangent P", "like P without its index-like parts"},
			}},
		}},
		{"what eval reads", blocks(`
  {"given": PARAMETERS, "in": VALUE, "settings": {"rate": 0.1}}

Each field is left out where the term takes nothing of its kind. Of an endo,
"given" is the state. Unknown fields and numbers outside their set are errors.`)},
		{"diagnostics", blocks(`
Of check --format json, one object a line. Lines and columns count from 1,
columns in Unicode code points; the end is exclusive.

  {"file": "neuron.cat", "line": 23, "column": 25,
   "endLine": 23, "endColumn": 27, "severity": "error", "code": "CT0301",
   "message": "these arrows do not compose", "help": ["..."],
   "labels": [{"file": ..., "line": ..., "column": ..., "endLine": ...,
               "endColumn": ..., "message": "gives Logit"}],
   "fixes": [{"message": ..., "edits": [{"file": ..., "line": ...,
              "column": ..., "endLine": ..., "endColumn": ..., "text": ...}]}]}

"severity" is error, warning or note. A fix is edits that mend the fault, each
a range and what goes in its place. Without faults nothing is printed.`)},
		{"training events", blocks(`
Of train --json, one object a line: an epoch each, and one at the end.

  {"event": "epoch", "epoch": 1, "step": 15, "loss": 0.53,
   "metrics": {"accuracy": 0.95},
   "validation": {"loss": 0.19, "accuracy": 0.96}}
  {"event": "done", ..., "seconds": 0.002, "examples_per_second": 14500000}

"metrics" and "validation" hold each metric under the name that the specification
gives it: a number, of precision, recall and f1 without (macro) or (micro) a
list with one for each class, of a confusion a list of its rows. "notes" say
why a figure is not defined, and "skipped" what --skip-bad left out. "stopped" says why a training ended before its
last epoch, and "kept" of which epoch the parameters, and the figures of the last
object, are, where the best are kept. "validation" is there where rows are held out, and "test" at the end where a
part is for a test; a figure that is not defined is
null; "interrupted" is true where a signal ended the run. "seconds" and
"examples_per_second" are of the training loop alone.

With --folds, an object for each fold, whose "validation" is of the fold, and one at
the end, with means and standard deviations over the folds.

  {"event": "fold", "fold": 1, "folds": 10, "training_rows": 512,
   "held_out_rows": 57, "epoch": 60, "loss": 0.05,
   "metrics": {"accuracy": 0.99},
   "validation": {"loss": 0.07, "accuracy": 0.98}}
  {"event": "folds", "folds": 10, "rows": 569, "stratified": "Diagnosis",
   "loss": {"mean": 0.08, "deviation": 0.03},
   "metrics": {"accuracy": {"mean": 0.979, "deviation": 0.013}}}

"folds" at the end says how many are finished; "counts" of a confusion are those of
all folds together.`)},
		{"compositions found", blocks(`
Of find --json, one object a line. "given" is "1" where no parameters are taken.

  {"term": "affine >> sigmoid", "arrows": ["affine", "sigmoid"],
   "given": "Neuron", "open": []}`)},
		{"the model", blocks(`
Of export, one object. docs/export.md says what it holds, and
docs/export.schema.json is its schema.`)},
		{"certificate", blocks(`
Of laws --json, one object.

  {"category": "neuron", "seed": 1, "checks": [
   {"arrow": "measure", "law": "derivative", "line": "neuron.cat:24",
    "cases": 20, "worst": 1e-9, "within": 1e-7, "holds": true}]}

"arrow" is missing for laws of the specification; "skipped" says why nothing
was run, "fault" how the law was refuted. With --mutate, "mutants" counts the
spoilt lines, of each arrow and in all.`)},
	}}
}
