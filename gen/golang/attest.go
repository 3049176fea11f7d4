package golang

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// AttestedFile is the file of a generated package that says which
// hand-written arrows have passed their laws, and in which form. It is
// committed beside the hand-written files.
const AttestedFile = "attested.json"

// attestation is the form in which an arrow has passed its law.
type attestation struct {
	Spec string `json:"spec"` // of category.Implementation
	Hand string `json:"hand"` // of all hand-written files
}

// LawOf is the name of the generated test that a's hand-written Go has to
// pass, or "" where a implements nothing.
func LawOf(a *category.Arrow) string {
	if a.Implements == nil {
		return ""
	}
	return "Test" + exported(a.Name) + "ByHand"
}

// Attest returns the content of AttestedFile after a run of the package's
// tests in which passed told of each by its name; a test that was skipped has
// not passed. Hand are the hand-written files of the package. It is nil where
// nothing has passed: then there is no such file.
func Attest(c *category.Category, hand map[string][]byte, passed func(test string) bool) []byte {
	all := map[string]attestation{}
	for _, a := range c.Arrows {
		if a.Implements != nil && passed(LawOf(a)) {
			all[a.Name] = attestation{a.Implements.Spec, handDigest(hand)}
		}
	}
	if len(all) == 0 {
		return nil
	}
	text, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		panic(err) // names and digests always have JSON
	}
	return append(text, '\n')
}

// attested reads what Attest wrote.
func attested(text []byte) (map[string]attestation, error) {
	if text == nil {
		return nil, nil
	}
	var all map[string]attestation
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", AttestedFile, err)
	}
	return all, nil
}

// handDigest identifies the hand-written files: any of them may hold what an
// arrow calls. It does not see how lines end, which depends on the checkout.
func handDigest(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%q %q\n", name, bytes.ReplaceAll(files[name], []byte("\r\n"), []byte("\n")))
	}
	return hex.EncodeToString(h.Sum(nil))
}
