package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

var errTerm = errors.New("a built-in was called with something that is no Rego value")

// readTerm reads one ground value as opa_value_dump of a compiled policy writes it, and gives the text after it.
// OPA's own parser reads the same and much more, at ten times the cost.
func readTerm(text string) (*ast.Term, string, error) {
	text = skipSpace(text)
	if text == "" {
		return nil, "", errTerm
	}
	switch text[0] {
	case '"':
		return readString(text)
	case '[':
		items, rest, err := readItems(text[1:], ']')
		return ast.ArrayTerm(items...), rest, err
	case '{':
		return readBraces(text[1:])
	case 's':
		if rest, ok := strings.CutPrefix(text, "set()"); ok {
			return ast.SetTerm(), rest, nil
		}
	case 'n':
		return ast.NullTerm(), strings.TrimPrefix(text, "null"), nil
	case 't':
		return ast.BooleanTerm(true), strings.TrimPrefix(text, "true"), nil
	case 'f':
		return ast.BooleanTerm(false), strings.TrimPrefix(text, "false"), nil
	}
	return readNumber(text)
}

func readNumber(text string) (*ast.Term, string, error) {
	end := 0
	for end < len(text) && strings.IndexByte("+-.0123456789eE", text[end]) >= 0 {
		end++
	}
	if end == 0 {
		return nil, "", errTerm
	}
	return ast.NumberTerm(json.Number(text[:end])), text[end:], nil
}

func readString(text string) (*ast.Term, string, error) {
	end, plain := 1, true
	for ; end < len(text) && text[end] != '"'; end++ {
		if text[end] == '\\' {
			plain = false
			end++
		}
	}
	if end >= len(text) {
		return nil, "", errTerm
	}
	if plain {
		return ast.StringTerm(text[1:end]), text[end+1:], nil
	}
	value, err := unescaped(text[1:end])
	return ast.StringTerm(value), text[end+1:], err
}

// unescaped keeps bytes that are no UTF-8 as they are, which encoding/json would replace.
func unescaped(text string) (string, error) {
	var out strings.Builder
	for text != "" {
		before, rest, found := strings.Cut(text, `\`)
		out.WriteString(before)
		if !found {
			break
		}
		length := escapeLength(rest)
		if length > len(rest) {
			return "", errTerm
		}
		var piece string
		if err := json.Unmarshal([]byte(`"\`+rest[:length]+`"`), &piece); err != nil {
			return "", errTerm
		}
		out.WriteString(piece)
		text = rest[length:]
	}
	return out.String(), nil
}

// escapeLength is what follows a backslash: one character, or uXXXX, or a pair of those for one character beyond U+FFFF.
func escapeLength(rest string) int {
	if !strings.HasPrefix(rest, "u") {
		return 1
	}
	if len(rest) >= 11 && rest[5:7] == `\u` {
		return 11
	}
	return 5
}

func readItems(text string, end byte) ([]*ast.Term, string, error) {
	items := []*ast.Term{}
	for {
		text = skipSpace(text)
		if text != "" && text[0] == end {
			return items, text[1:], nil
		}
		item, rest, err := readTerm(text)
		if err != nil {
			return nil, "", err
		}
		items, text = append(items, item), skipComma(rest)
	}
}

func readBraces(text string) (*ast.Term, string, error) {
	text = skipSpace(text)
	if rest, ok := strings.CutPrefix(text, "}"); ok {
		return ast.ObjectTerm(), rest, nil
	}
	first, rest, err := readTerm(text)
	if err != nil {
		return nil, "", err
	}
	if rest = skipSpace(rest); strings.HasPrefix(rest, ":") {
		return readObject(text)
	}
	items, rest, err := readItems(skipComma(rest), '}')
	return ast.SetTerm(append(items, first)...), rest, err
}

func readObject(text string) (*ast.Term, string, error) {
	object := ast.NewObject()
	for {
		text = skipSpace(text)
		if rest, ok := strings.CutPrefix(text, "}"); ok {
			return ast.NewTerm(object), rest, nil
		}
		key, rest, err := readTerm(text)
		if err != nil {
			return nil, "", err
		}
		rest, ok := strings.CutPrefix(skipSpace(rest), ":")
		if !ok {
			return nil, "", errTerm
		}
		value, rest, err := readTerm(rest)
		if err != nil {
			return nil, "", err
		}
		object.Insert(key, value)
		text = skipComma(rest)
	}
}

func skipSpace(text string) string { return strings.TrimLeft(text, " \t\r\n") }

func skipComma(text string) string { return strings.TrimPrefix(skipSpace(text), ",") }

// writeTerm writes a ground value for opa_value_parse: sets and object keys in OPA's order, strings byte for byte.
func writeTerm(out []byte, value ast.Value) []byte {
	switch value := value.(type) {
	case ast.Null:
		return append(out, "null"...)
	case ast.Boolean:
		return fmt.Append(out, bool(value))
	case ast.Number:
		return append(out, value...)
	case ast.String:
		return writeString(out, string(value))
	case *ast.Array:
		out = append(out, '[')
		for i := range value.Len() {
			out = writeTerm(comma(out, i), value.Elem(i).Value)
		}
		return append(out, ']')
	case ast.Set:
		return writeSet(out, value)
	case ast.Object:
		out = append(out, '{')
		for i, key := range value.Keys() {
			out = append(writeTerm(comma(out, i), key.Value), ':')
			out = writeTerm(out, value.Get(key).Value)
		}
		return append(out, '}')
	}
	panic(fmt.Sprintf("a built-in returned %T, which is no value", value))
}

func writeSet(out []byte, set ast.Set) []byte {
	if set.Len() == 0 {
		return append(out, "set()"...)
	}
	out = append(out, '{')
	for i, item := range set.Slice() {
		out = writeTerm(comma(out, i), item.Value)
	}
	return append(out, '}')
}

func comma(out []byte, index int) []byte {
	if index > 0 {
		return append(out, ',')
	}
	return out
}

func writeString(out []byte, text string) []byte {
	out = append(out, '"')
	for _, char := range []byte(text) {
		switch {
		case char == '"' || char == '\\':
			out = append(out, '\\', char)
		case char < ' ' || char == utf8.RuneSelf-1:
			out = fmt.Appendf(out, `\u%04x`, char)
		default:
			out = append(out, char)
		}
	}
	return append(out, '"')
}
