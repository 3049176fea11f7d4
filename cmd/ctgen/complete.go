package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// completeVerb is what the scripts of `ctgen completion` call: the words of a
// command line behind the command's name, the last one as far as it is
// written. It prints how to take what follows (words; files; open, where no
// space goes behind), then a candidate a line, with a tab before what describes
// it. It never fails: what cannot be completed has no candidates.
const completeVerb = "__complete"

func runComplete(u *ui, words []string) int {
	c := &completion{mode: "words"}
	if len(words) > 0 {
		c.complete(joinAssigned(words))
	}
	u.print("%s", c.mode)
	for _, i := range c.list {
		if i.text == "" {
			u.print("%s", i.term)
		} else {
			u.print("%s\t%s", i.term, i.text)
		}
	}
	return exitOK
}

// completion is what could stand where a word is being written.
type completion struct {
	mode   string
	list   []item
	word   string // as far as it is written
	before string // what stands in front of it in the same word
	call   *call  // what is written before
}

// joinAssigned puts --flag=value together where a shell (bash) takes it for
// three words. The last word is the one that is completed: there, what stands
// before is another word to the shell.
func joinAssigned(words []string) (before []string, word, value string, assigned bool) {
	for i, w := range words {
		words[i] = strings.TrimLeft(w, `"'`)
	}
	last := len(words) - 1
	switch {
	case last > 0 && words[last] == "=":
		return words[:last-1], words[last-1], "", true
	case last > 1 && words[last-1] == "=":
		return words[:last-2], words[last-2], words[last], true
	}
	return words[:last], words[last], "", false
}

func (c *completion) complete(words []string, word, value string, assigned bool) {
	c.word = word
	if len(words) == 0 {
		for _, v := range verbs() {
			c.add(v.name, v.short)
		}
		return
	}
	v := findVerb(words[0])
	if v == nil {
		return
	}
	c.call = &call{verb: v, values: map[string][]string{}}
	pending, flags := c.call.readSoFar(words[1:])
	switch {
	case assigned:
		if f, _, _ := v.matchFlag(word); f != nil && flags {
			c.word = value
			c.placeholder(f.value, f.values)
		}
	case pending != nil:
		c.placeholder(pending.value, pending.values)
	case flags && strings.HasPrefix(word, "-"):
		c.flag(v)
	default:
		place, values := v.placeholder(len(c.call.operands))
		c.placeholder(place, values)
	}
}

// readSoFar sorts words into flags and operands as far as it goes. pending is
// the flag whose value comes next, or nil; flags is false behind `--`.
func (c *call) readSoFar(words []string) (pending *option, flags bool) {
	for i := 0; i < len(words); i++ {
		a := words[i]
		if a == "--" {
			c.operands = append(c.operands, words[i+1:]...)
			return nil, false
		}
		if len(a) < 2 || a[0] != '-' {
			c.operands = append(c.operands, a)
			continue
		}
		f, value, given := c.verb.matchFlag(a)
		if f == nil {
			continue
		}
		if f.value != "" && !given {
			if i++; i == len(words) {
				return f, true
			}
			value = words[i]
		}
		c.values[f.key()] = append(c.values[f.key()], value)
	}
	return nil, true
}

// placeholder is what the synopsis shows for operand n, and the words it is
// one of.
func (v *verb) placeholder(n int) (place string, values []string) {
	fields := strings.Fields(v.operands)
	if v.max >= 0 && n >= v.max || len(fields) == 0 {
		return "", nil
	}
	place = strings.Trim(strings.TrimSuffix(strings.Trim(fields[min(n, len(fields)-1)], "[]"), "..."), "[]")
	if place == strings.ToLower(place) {
		values = strings.Split(place, "|")
	}
	return place, values
}

// flag completes the name of a flag, or the value behind its `=`.
func (c *completion) flag(v *verb) {
	if f, value, given := v.matchFlag(c.word); given && f != nil {
		c.before, c.word = f.spelling()+"=", value
		c.placeholder(f.value, f.values)
		return
	}
	for i := range v.flags {
		c.add(v.flags[i].spelling(), v.flags[i].help)
	}
	c.add("--help", "describe the verb")
}

// placeholder completes what stands for place in a synopsis.
func (c *completion) placeholder(place string, values []string) {
	for _, w := range values {
		c.add(w, "")
	}
	switch place {
	case "SPEC":
		c.files(func(name string) bool { return filepath.Ext(name) == ".cat" })
	case "FILE", "PATH":
		c.files(func(string) bool { return true })
	case "DIR":
		c.files(func(string) bool { return false })
	case "VERB|TOPIC":
		for _, v := range verbs() {
			c.add(v.name, v.short)
		}
		for _, t := range topics() {
			c.add(t.name, t.short)
		}
	case "CODE":
		for _, d := range diag.Descriptions() {
			c.add(string(d.Code), d.Title)
		}
	case "Dim=N":
		c.mode = "open"
		declared[*syntax.DimDecl](c, "=")
	case "NAME":
		declared[*syntax.TrainDecl](c, "")
	case "ARROW":
		declared[*syntax.ArrowDecl](c, "")
	case "TERM":
		c.lastName()
		declared[*syntax.ArrowDecl](c, "")
	case "FROM", "TO":
		c.lastName()
		declared[*syntax.ObjectDecl](c, "")
	}
}

// add takes a candidate that goes on from what is written.
func (c *completion) add(word, text string) {
	if strings.HasPrefix(word, c.word) {
		c.list = append(c.list, item{c.before + word, text})
	}
}

// lastName leaves only the name at the end of a term to complete.
func (c *completion) lastName() {
	at := strings.LastIndexAny(c.word, " >*+(,[") + 1
	c.before, c.word = c.before+c.word[:at], c.word[at:]
}

// declared completes what the specification at hand declares in declarations
// of one kind, also where it has faults. end goes behind each name.
func declared[D syntax.Decl](c *completion, end string) {
	if len(c.call.operands) == 0 {
		return
	}
	text, err := readSpec(c.call.operands[0])
	if err != nil {
		return
	}
	file := syntax.Parse(diag.NewSource(c.call.operands[0], text), &diag.List{})
	if file == nil {
		return
	}
	for _, d := range file.Decls {
		if _, ok := d.(D); ok {
			c.add(d.DeclName().Text+end, "")
		}
	}
}

// files completes a path: directories, and the files that fit. A leading ~/
// is the home directory, and stays as it is written.
func (c *completion) files(fits func(name string) bool) {
	c.mode = "files"
	at := strings.LastIndex(c.word, "/") + 1
	dir, start := c.word[:at], c.word[at:]
	read := dir
	if rest, ok := strings.CutPrefix(dir, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			read = filepath.Join(home, rest)
		}
	}
	if read == "" {
		read = "."
	}
	entries, err := os.ReadDir(filepath.FromSlash(read))
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") && !strings.HasPrefix(start, ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(filepath.FromSlash(read), name)) // of what a link leads to
		switch {
		case err != nil:
		case info.IsDir():
			c.add(dir+name+"/", "")
		case fits(name):
			c.add(dir+name, "")
		}
	}
}
