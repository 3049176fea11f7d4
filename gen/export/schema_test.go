package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// schema is a JSON Schema, of which it knows the part that ours uses. It is
// stricter than the standard in one thing: a field that no schema describes is
// a fault.
type schema struct {
	Schema      string             `json:"$schema"`
	Title       string             `json:"title"`
	Description string             `json:"description"`
	Defs        map[string]*schema `json:"$defs"`
	Ref         string             `json:"$ref"`
	Type        string             `json:"type"`
	Const       any                `json:"const"`
	Enum        []any              `json:"enum"`
	OneOf       []*schema          `json:"oneOf"`
	Minimum     *float64           `json:"minimum"`
	Items       *schema            `json:"items"`
	Properties  map[string]*schema `json:"properties"`
	Required    []string           `json:"required"`
	Additional  *schema            `json:"additionalProperties"`
}

func readSchema(t *testing.T) *schema {
	text, err := os.ReadFile("../../docs/export.schema.json")
	require.NoError(t, err)
	s := &schema{}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(s))
	return s
}

// validate returns what is wrong with v; seen counts the uses of each schema.
func (s *schema) validate(root *schema, v any, path string, seen map[*schema]int) error {
	seen[s]++
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
	}
	if s.Ref != "" {
		def := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		if def == nil {
			return wrong("there is no schema %s", s.Ref)
		}
		if err := def.validate(root, v, path, seen); err != nil {
			return err
		}
	}
	if s.Const != nil && !reflect.DeepEqual(s.Const, v) {
		return wrong("is %v, not %v", v, s.Const)
	}
	if s.Enum != nil && !slices.ContainsFunc(s.Enum, func(e any) bool { return reflect.DeepEqual(e, v) }) {
		return wrong("%v is none of %v", v, s.Enum)
	}
	if s.OneOf != nil {
		var errs []string
		for _, o := range s.OneOf {
			tried := map[*schema]int{}
			if err := o.validate(root, v, path, tried); err != nil {
				errs = append(errs, err.Error())
				continue
			}
			for k, n := range tried {
				seen[k] += n
			}
		}
		if len(s.OneOf)-len(errs) != 1 {
			return wrong("fits %d of %d forms: %s", len(s.OneOf)-len(errs), len(s.OneOf), strings.Join(errs, "; "))
		}
	}
	if n, ok := v.(float64); ok && s.Minimum != nil && n < *s.Minimum {
		return wrong("%v is less than %v", n, *s.Minimum)
	}
	fits := true
	switch s.Type {
	case "string":
		_, fits = v.(string)
	case "boolean":
		_, fits = v.(bool)
	case "null":
		fits = v == nil
	case "number":
		_, fits = v.(float64)
	case "integer":
		var n float64
		n, fits = v.(float64)
		fits = fits && n == math.Trunc(n)
	case "array":
		var all []any
		all, fits = v.([]any)
		for i, x := range all {
			if err := s.Items.validate(root, x, fmt.Sprintf("%s[%d]", path, i), seen); err != nil {
				return err
			}
		}
	case "object":
		var fields map[string]any
		if fields, fits = v.(map[string]any); fits {
			return s.validateFields(root, fields, path, seen)
		}
	}
	if !fits {
		return wrong("%T is no %s", v, s.Type)
	}
	return nil
}

func (s *schema) validateFields(root *schema, fields map[string]any, path string, seen map[*schema]int) error {
	for _, name := range s.Required {
		if _, ok := fields[name]; !ok {
			return fmt.Errorf("%s lacks %s", path, name)
		}
	}
	for name, x := range fields {
		f := s.Properties[name]
		if f == nil {
			f = s.Additional
		}
		if f == nil {
			return fmt.Errorf("%s: nothing describes %s", path, name)
		}
		if err := f.validate(root, x, path+"."+name, seen); err != nil {
			return err
		}
	}
	return nil
}

// TestSchema requires of every export that the schema describes it, and of the
// schema that the exports use all of its definitions.
func TestSchema(t *testing.T) {
	s := readSchema(t)
	seen := map[*schema]int{}
	all := specs(t)
	all["model.cat"] = importing(t)
	for path, c := range all {
		text, err := JSON(c)
		require.NoError(t, err)
		var v any
		require.NoError(t, json.Unmarshal(text, &v))
		require.NoError(t, s.validate(s, v, path, seen))
	}
	for name, def := range s.Defs {
		assert.Positive(t, seen[def], name)
	}
}

// TestSchemaRefuses requires that the schema tells faulty exports.
func TestSchemaRefuses(t *testing.T) {
	s := readSchema(t)
	for path, c := range specs(t) {
		if len(c.Trains) == 0 {
			continue
		}
		text, err := JSON(c)
		require.NoError(t, err)
		for name, change := range map[string][2]string{
			"version":   {`"version": 1`, `"version": 2`},
			"operation": {`"op": "call"`, `"op": "cull"`},
			"kind":      {`"kind": "standard"`, `"kind": "lifted"`},
			"field":     {`"codomain":`, `"target":`},
			"wire":      {`"out": [`, `"out": [-1, `},
			"line":      {`"endLine": `, `"endLine": 0.`},
			"null":      {`"batch": `, `"batch": null, "was": `},
		} {
			require.Contains(t, string(text), change[0], path)
			var v any
			require.NoError(t, json.Unmarshal([]byte(strings.Replace(string(text), change[0], change[1], 1)), &v), name)
			require.Error(t, s.validate(s, v, path, map[*schema]int{}), name)
		}
		return
	}
	t.Fatal("no specification trains")
}
