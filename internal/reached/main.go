package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: reached PROFILE FOLDER, in the root of the module")
		os.Exit(2)
	}
	profile, err := os.Open(os.Args[1])
	if err == nil {
		defer profile.Close()
		var missed int
		if missed, err = run(os.Stdout, profile, ".", os.Args[2]); err == nil && missed > 0 {
			os.Exit(1)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "reached:", err)
		os.Exit(2)
	}
}

// run prints what was found below folder and returns how many places are not
// reached. The profile names files by the path of the module in root.
func run(w io.Writer, profile io.Reader, root, folder string) (missed int, err error) {
	module, err := modulePath(root + "/go.mod")
	if err != nil {
		return 0, err
	}
	covered, err := readCoverage(profile)
	if err != nil {
		return 0, err
	}
	places, err := findPlaces(folder)
	if err != nil {
		return 0, err
	}
	for _, p := range places {
		switch file := module + "/" + strings.TrimPrefix(p.file, root+"/"); {
		case p.conditional:
			fmt.Fprintf(w, "%s:%d: %s stands behind && or ||, so nothing shows whether it was reached\n", p.file, p.shown, p.what)
		case !covered.reached(file, p):
			fmt.Fprintf(w, "%s:%d: no test reaches %s\n", p.file, p.shown, p.what)
		default:
			continue
		}
		missed++
	}
	fmt.Fprintf(w, "%d of %d places that report are reached by tests\n", len(places)-missed, len(places))
	return missed, nil
}

func modulePath(file string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(string(text), "\n") {
		if path, ok := strings.CutPrefix(strings.TrimSpace(line), "module "); ok {
			return strings.TrimSpace(path), nil
		}
	}
	return "", fmt.Errorf("%s names no module", file)
}
