package train

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime"
)

// Setting is a number that the step leaves open, such as its rate: the same
// for all steps, or what a schedule makes of the step count.
type Setting struct {
	Name  string
	Value float32 // where At is nil
	// At is the schedule: from the number of steps made since the very
	// beginning, and the number that the training makes in all, to the value
	// for the next step.
	At  func(step, steps int64) float32
	By  string      // the arrow that At calls
	Set runtime.Set // what the values lie in; nil: all real numbers
}

// SettingError says that a schedule left the set of its setting.
type SettingError struct {
	Setting, By string
	Value       float32
	Step        int64 // counted from 0
	Set         runtime.Set
}

func (e *SettingError) Error() string {
	by := "the schedule"
	if e.By != "" {
		by += " " + e.By
	}
	return fmt.Sprintf("%s makes %s %g after %d steps, which does not lie in %s", by, e.Setting, e.Value, e.Step, e.Set)
}

// given is a setting that an option gave another value or schedule.
type given struct {
	name  string
	value float32
	at    func(step, steps int64) float32
}

// Set gives a setting that the step leaves open, such as "rate", one value for
// all steps, whatever the spec says. A run that resumes this one keeps it.
func Set(name string, value float32) Option {
	return func(s *settings) { s.given = append(s.given, given{name: name, value: value}) }
}

// Schedule gives a setting that the step leaves open a value for each step: at
// is called with the number of steps made since the very beginning and with the
// number that the training makes in all. Whoever resumes the run gives it again.
func Schedule(name string, at func(step, steps int64) float32) Option {
	return func(s *settings) { s.given = append(s.given, given{name: name, at: at}) }
}

// withGiven returns the settings of p with what options gave in their place.
func (p *Program) withGiven(list []given) ([]Setting, error) {
	all := slices.Clone(p.Settings)
	for _, g := range list {
		k := slices.IndexFunc(all, func(s Setting) bool { return s.Name == g.name })
		if k < 0 {
			return nil, fmt.Errorf("the step of %s leaves no setting %s open%s", p.Name, g.name, p.openSettings())
		}
		s := &all[k]
		if set := setOf(s); g.at == nil && !set.Contains(float64(g.value)) {
			return nil, fmt.Errorf("%s %g does not lie in %s", g.name, g.value, set)
		}
		s.Value, s.At, s.By = g.value, g.at, ""
	}
	return all, nil
}

func (p *Program) openSettings() string {
	if len(p.Settings) == 0 {
		return ": all are fixed in the spec; `given` on the endo leaves one open"
	}
	names := make([]string, len(p.Settings))
	for i, s := range p.Settings {
		names[i] = s.Name
	}
	return "; open: " + strings.Join(names, ", ")
}

func setOf(s *Setting) runtime.Set {
	if s.Set == nil {
		return runtime.All{}
	}
	return s.Set
}

// tuner gives an instance the settings of each step.
type tuner struct {
	settings []Setting
	values   []float32 // of the instance
	steps    int64     // that the training makes in all
}

func newTuner(in Instance, settings []Setting, steps int64) (*tuner, error) {
	t := &tuner{settings: settings, steps: steps}
	if len(settings) == 0 {
		return t, nil
	}
	tuned, ok := in.(Tuned)
	if !ok || len(tuned.Settings()) != len(settings) {
		return nil, fmt.Errorf("the program has %d settings, and its instance takes others; generate the package again", len(settings))
	}
	t.values = tuned.Settings()
	return t, nil
}

// before gives the step after so many their values.
func (t *tuner) before(step int64) error {
	for i := range t.settings {
		s := &t.settings[i]
		if s.At == nil {
			t.values[i] = s.Value
			continue
		}
		v := s.At(step, t.steps)
		if set := setOf(s); !set.Contains(float64(v)) {
			return &SettingError{s.Name, s.By, v, step, set}
		}
		t.values[i] = v
	}
	return nil
}

// figures are the values that the last step had.
func (t *tuner) figures() []Figure {
	var list []Figure
	for i, v := range t.values {
		list = append(list, Figure{Name: t.settings[i].Name, Value: float64(v)})
	}
	return list
}

// settingKey leads to what options gave, in the metadata of saved trainings.
const settingKey = "set."

// bySchedule stands in metadata for a schedule that an option gave.
const bySchedule = "schedule"

func (s *settings) saveGiven(m map[string]string) {
	for _, g := range s.given {
		m[settingKey+g.name] = bySchedule
		if g.at == nil {
			m[settingKey+g.name] = strconv.FormatFloat(float64(g.value), 'g', -1, 32)
		}
	}
}

// resumeGiven takes over what the options of the saved run gave and those of
// this one do not.
func (s *settings) resumeGiven(p *Program, m map[string]string) error {
	for _, setting := range p.Settings {
		text, ok := m[settingKey+setting.Name]
		if !ok || slices.ContainsFunc(s.given, func(g given) bool { return g.name == setting.Name }) {
			continue
		}
		if text == bySchedule {
			return fmt.Errorf("was trained with a schedule of Go for %s: give it again", setting.Name)
		}
		v, err := strconv.ParseFloat(text, 32)
		if err != nil || math.IsNaN(v) {
			return fmt.Errorf("its metadata is damaged: %s is %q", settingKey+setting.Name, text)
		}
		s.given = append(s.given, given{name: setting.Name, value: float32(v)})
	}
	return nil
}
