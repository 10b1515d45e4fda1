package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// telling puts together what a watch noted, each rule once.
type telling struct {
	*world
	watch *watch
	told  map[string]bool
	rules []TracedRule
}

const noArguments = "()"

// tell explains a rule: the bodies that held, or, where none did, where each one stopped; then the rules these name.
func (t *telling) tell(path string, arguments string) {
	if t.told[path+arguments] {
		return
	}
	t.told[path+arguments] = true
	bodies := t.bodiesOf(ast.MustParseRef(path))
	key := func(rule *ast.Rule) string { return placeOf(rule.Loc()) + arguments }
	anyHeld := slices.ContainsFunc(bodies, func(rule *ast.Rule) bool { return t.watch.held[key(rule)] != nil })
	for _, rule := range bodies {
		if held := t.watch.held[key(rule)]; held != nil {
			t.addHeld(path, rule, held)
		} else if stopped, ok := t.watch.failed[key(rule)]; ok && !anyHeld {
			t.add(path, rule, stopped, 0, rule.Body[:stopped.at+1])
		}
	}
}

func (t *telling) addHeld(path string, rule *ast.Rule, held *outcome) {
	for index, one := range held.ways {
		further := 0
		if index == len(held.ways)-1 {
			further = held.values.Len() - len(held.ways)
		}
		t.add(path, rule, one, further, rule.Body)
	}
}

// bodiesOf are the bodies of a rule in the order of their file, those after `else` too.
func (t *telling) bodiesOf(path ast.Ref) []*ast.Rule {
	var bodies []*ast.Rule
	for _, rule := range t.watch.rules {
		if rule.Module != nil && !rule.Default && rule.Ref().HasPrefix(path) {
			bodies = append(bodies, rule)
		}
	}
	slices.SortFunc(bodies, func(a, b *ast.Rule) int { return a.Loc().Compare(b.Loc()) })
	return bodies
}

// add explains one body, and then the rules that its deciding lines name.
func (t *telling) add(path string, rule *ast.Rule, one way, further int, body ast.Body) {
	out := TracedRule{
		Path: path, Location: locationOut(rule.Loc()), EndRow: endRow(rule.Loc()), Held: one.value != nil, Further: further,
		Lines: t.linesOf(rule, body, one),
	}
	if out.Held {
		out.Value, _ = ast.JSON(one.value)
	}
	t.rules = append(t.rules, out)
	if !out.Held {
		body = body[len(body)-1:]
	} else if rule.Head.Value != nil {
		t.tellNamed(rule, rule.Head.Value, one)
	}
	for _, expr := range body {
		t.tellNamed(rule, expr, one)
	}
}

// linesOf are the head, where its value is made of something, and the expressions up to the one that did not hold.
func (t *telling) linesOf(rule *ast.Rule, body ast.Body, one way) []TracedLine {
	lines := []TracedLine{}
	if head := headTerms(rule); one.value != nil && len(head) > 0 {
		lines = append(lines, TracedLine{rule.Loc().Row, endRow(rule.Head.Loc()), true, t.valuesOf(rule, head, one)})
	}
	for index, expr := range body {
		if isSupplied(expr) {
			continue
		}
		held := one.value != nil || index < len(body)-1
		values := t.valuesOf(rule, termsIn(expr), one)
		if !held {
			values = append(values, t.brokenBy(rule, expr, one)...)
		}
		lines = append(lines, TracedLine{expr.Loc().Row, endRow(expr.Loc()), held, values})
	}
	return lines
}

// isSupplied says whether an expression is the `true` that the parser gives a rule without a body.
func isSupplied(expr *ast.Expr) bool {
	term, ok := expr.Terms.(*ast.Term)
	return ok && term.Value.Compare(ast.Boolean(true)) == 0 && string(expr.Loc().Text) != "true"
}

// headTerms are those of the value of a rule that has one: what it is made of decides as much as its body does.
func headTerms(rule *ast.Rule) []foundTerm {
	if rule.Head.Value == nil {
		return nil
	}
	return termsOf(rule.Head.Value, false)
}

// brokenBy are the values inside of `every` for the element that it did not hold for.
func (t *telling) brokenBy(rule *ast.Rule, expr *ast.Expr, one way) []TracedValue {
	every, ok := expr.Terms.(*ast.Every)
	if !ok || one.inner == nil {
		return nil
	}
	for _, inner := range every.Body {
		if covers(inner.Loc(), one.inner.location) {
			return t.valuesOf(rule, termsIn(inner), way{locals: one.inner.locals})
		}
	}
	return nil
}

func endRow(location *ast.Location) int {
	return location.Row + bytes.Count(bytes.TrimRight(location.Text, " \t\r\n"), []byte("\n"))
}

// tellNamed explains the rules of the same package that an expression or a term names.
func (t *telling) tellNamed(rule *ast.Rule, in any, one way) {
	ast.WalkNodes(in, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Expr:
			if call, ok := node.Terms.([]*ast.Term); ok {
				t.tellCalled(rule, call, one)
			}
		case *ast.Term:
			t.tellTerm(rule, node, one)
		}
		return false
	})
}

func (t *telling) tellTerm(rule *ast.Rule, term *ast.Term, one way) {
	switch value := term.Value.(type) {
	case ast.Call:
		t.tellCalled(rule, value, one)
	case ast.Ref:
		t.tellOwn(rule, value[0], noArguments, one)
	case ast.Var:
		t.tellOwn(rule, term, noArguments, one)
	}
}

func (t *telling) tellCalled(rule *ast.Rule, call []*ast.Term, one way) {
	arguments := make([]ast.Value, 0, len(call))
	for _, operand := range call[1:] {
		value, err := t.valueOf(rule, operand, one)
		if err != nil || value == nil {
			return
		}
		arguments = append(arguments, value)
	}
	if function, ok := call[0].Value.(ast.Ref); ok {
		t.tellOwn(rule, function[0], textOf(arguments), one)
	}
}

// tellOwn explains what a name stands for, where it is a rule of the same package and no variable.
func (t *telling) tellOwn(rule *ast.Rule, name *ast.Term, arguments string, one way) {
	text, isVar := name.Value.(ast.Var)
	if _, local := one.locals[string(text)]; isVar && !local {
		t.tell(rule.Module.Package.Path.Append(ast.StringTerm(string(text))).String(), arguments)
	}
}

// valuesOf are the values of terms as they are written, each once; the name of an import is no term.
func (t *telling) valuesOf(rule *ast.Rule, terms []foundTerm, one way) []TracedValue {
	values, known := []TracedValue{}, map[string]bool{}
	for _, imported := range rule.Module.Imports {
		known[string(imported.Name())] = true
	}
	for _, found := range terms {
		text := textOfTerm(found.term)
		value, err := t.valueOf(rule, found.term, one)
		if known[text] || err != nil {
			continue
		}
		known[text] = true
		out := TracedValue{Text: text, Defined: value != nil, Inner: found.inner, Path: inputPath(found.term, one)}
		if value != nil {
			out.Value, _ = ast.JSON(value)
		}
		values = append(values, out)
	}
	return values
}

func textOfTerm(term *ast.Term) string {
	if term.Location != nil && len(term.Location.Text) > 0 {
		return strings.Join(strings.Fields(string(term.Location.Text)), " ")
	}
	return term.String()
}

// valueOf evaluates a term of the source again, with the variables of the body at their values.
func (t *telling) valueOf(rule *ast.Rule, term *ast.Term, one way) (ast.Value, error) {
	body := ast.Body{}
	for _, name := range slices.Sorted(maps.Keys(one.locals)) {
		if !ast.Var(name).IsGenerated() && !ast.Var(name).IsWildcard() && names(term, name) {
			body.Append(ast.Assign.Expr(ast.VarTerm(name), ast.NewTerm(one.locals[name])))
		}
	}
	plugged, err := ast.TransformVars(term.Copy(), func(name ast.Var) (ast.Value, error) {
		if value, ok := one.locals[string(name)]; ok && name.IsWildcard() {
			return value, nil
		}
		return name, nil
	})
	if err != nil {
		return nil, err
	}
	body.Append(ast.Assign.Expr(ast.VarTerm(answerName), ast.NewTerm(plugged.(ast.Value))))
	context := ast.NewQueryContext().WithPackage(rule.Module.Package).WithImports(rule.Module.Imports)
	return t.value(context, body, nil)
}

func names(term *ast.Term, name string) bool {
	found := false
	ast.WalkVars(term, func(one ast.Var) bool {
		found = found || string(one) == name
		return found
	})
	return found
}

// inputPath is where in the input a reference reads; nil for any other term.
func inputPath(term *ast.Term, one way) []any {
	ref, ok := term.Value.(ast.Ref)
	if !ok || !ref[0].Equal(ast.InputRootDocument) {
		return nil
	}
	path := []any{}
	for _, part := range ref[1:] {
		value := part.Value
		if name, isVar := value.(ast.Var); isVar {
			value = one.locals[string(name)]
		}
		switch value := value.(type) {
		case ast.String:
			path = append(path, string(value))
		case ast.Number:
			path = append(path, json.Number(value))
		default:
			return path
		}
	}
	return path
}

// foundTerm is a term of the source; inner says that it stands in a longer one.
type foundTerm struct {
	term  *ast.Term
	inner bool
}

// termsIn are the references, variables and calls of an expression, each longer one before what stands in it, as far as they
// stand by themselves: what is inside of a comprehension or of `every` has many values, and what is under `with` was evaluated
// in another world.
func termsIn(expr *ast.Expr) []foundTerm {
	if len(expr.With) > 0 {
		return nil
	}
	switch terms := expr.Terms.(type) {
	case *ast.Term:
		return termsOf(terms, false)
	case []*ast.Term:
		return termsOfAll(terms[1:], false)
	case *ast.SomeDecl:
		return termsOfSome(terms)
	case *ast.Every:
		return termsOf(terms.Domain, false)
	case *ast.Not:
		var found []foundTerm
		for _, inner := range terms.Body {
			found = append(found, termsIn(inner)...)
		}
		return found
	}
	return nil
}

// termsOfSome are those of `some x in xs`; `some x` alone says nothing.
func termsOfSome(some *ast.SomeDecl) []foundTerm {
	if call, ok := some.Symbols[0].Value.(ast.Call); ok {
		return termsOfAll(call[1:], false)
	}
	return nil
}

func termsOfAll(terms []*ast.Term, inner bool) []foundTerm {
	var found []foundTerm
	for _, term := range terms {
		found = append(found, termsOf(term, inner)...)
	}
	return found
}

func termsOf(term *ast.Term, inner bool) []foundTerm {
	switch value := term.Value.(type) {
	case ast.Var:
		if !value.IsWildcard() {
			return []foundTerm{{term, inner}}
		}
	case ast.Ref:
		found := []foundTerm{{term, inner}}
		if !ast.RootDocumentNames.Contains(value[0]) {
			found = append(found, termsOf(value[0], true)...)
		}
		return append(found, termsOfAll(value[1:], true)...)
	case ast.Call:
		if isOperator(value) {
			return termsOfAll(value[1:], inner)
		}
		return append([]foundTerm{{term, inner}}, termsOfAll(value[1:], true)...)
	case *ast.Array:
		var found []foundTerm
		value.Foreach(func(item *ast.Term) { found = append(found, termsOf(item, inner)...) })
		return found
	}
	return nil
}

// isOperator says whether a call is written between its operands, such as a + b.
func isOperator(call ast.Call) bool {
	builtin, ok := ast.BuiltinMap[call[0].String()]
	return ok && builtin.Infix != ""
}
