package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// TraceRequest asks what decided the value of a query.
type TraceRequest struct {
	// Input is the document the query is evaluated on.
	Input json.RawMessage `json:"input"`
	// Targets are the rules to explain, such as data.policies.rotation.rotation_max_age.violations.
	Targets []string `json:"targets"`
}

// TracedRule is one body of a rule: the lines that held, or those up to the one that did not.
type TracedRule struct {
	Path     string       `json:"path"`
	Location LocationOut  `json:"location"`
	EndRow   int          `json:"endRow"`
	Held     bool         `json:"held"`
	Value    any          `json:"value,omitempty"`
	Further  int          `json:"further,omitempty"`
	Lines    []TracedLine `json:"lines"`
}

// TracedLine is one expression of a body with the values its terms had.
type TracedLine struct {
	Row    int           `json:"row"`
	EndRow int           `json:"endRow"`
	Held   bool          `json:"held"`
	Values []TracedValue `json:"values"`
}

// TracedValue is a term as it is written, and its value; Path is where in the input it was read, Inner says that it stands
// in a longer term of the same line.
type TracedValue struct {
	Text    string `json:"text"`
	Defined bool   `json:"defined"`
	Value   any    `json:"value,omitempty"`
	Path    []any  `json:"path,omitempty"`
	Inner   bool   `json:"inner,omitempty"`
}

// maxWays is how many ways in which one rule held are shown.
const maxWays = 5

// traceQuery evaluates a query with OPA's own evaluator and says which lines decided the targets. Rules of the packages of
// the targets are followed; what they call elsewhere is shown as values.
func traceQuery(request *Request) (any, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, err
	}
	compiler := compilerFor(request, caps)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compiler.Errors
	}
	input, err := ast.ValueFromReader(bytes.NewReader(request.Trace.Input))
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	data := request.Data
	if data == nil {
		data = map[string]any{}
	}
	store := inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	world := &world{ctx, compiler, store, txn, ast.NewTerm(input)}
	seen := newWatch(modules)
	result, err := world.answer(request.Query, seen)
	if err != nil {
		return nil, located(err)
	}
	telling := &telling{world: world, watch: seen, told: map[string]bool{}, rules: []TracedRule{}}
	for _, target := range request.Trace.Targets {
		telling.tell(target, "")
	}
	return map[string]any{"result": result, "rules": telling.rules}, nil
}

// located gives an error of an evaluation the form of one of a source, which has its place.
func located(err error) error {
	var known *topdown.Error
	if errors.As(err, &known) && known.Location != nil {
		return ast.NewError(known.Code, known.Location, "%s", known.Message)
	}
	return err
}

// world is what a query is evaluated in.
type world struct {
	ctx      context.Context
	compiler *ast.Compiler
	store    storage.Store
	txn      storage.Transaction
	input    *ast.Term
}

// answer gives the value of a query as JSON; nil where it is undefined.
func (w *world) answer(query string, tracer topdown.QueryTracer) (any, error) {
	term, err := ast.ParseTerm(query)
	if err != nil {
		return nil, err
	}
	value, err := w.value(ast.NewQueryContext(), ast.NewBody(ast.Equality.Expr(ast.VarTerm(answerName), term)), tracer)
	if value == nil || err != nil {
		return nil, err
	}
	return ast.JSON(value)
}

const answerName = "keyproof_answer"

// value evaluates a body and gives what the answer first was; nil where the body is undefined. Without indexing no rule is
// left out because its input can be seen not to fit, so that every body is there to be explained.
func (w *world) value(context *ast.QueryContext, body ast.Body, tracer topdown.QueryTracer) (ast.Value, error) {
	compiled := w.compiler.QueryCompiler().WithContext(context)
	query, err := compiled.Compile(body)
	if err != nil {
		return nil, err
	}
	run := topdown.NewQuery(query).WithQueryCompiler(compiled).WithCompiler(w.compiler).WithStore(w.store).
		WithTransaction(w.txn).WithInput(w.input).WithIndexing(false)
	if tracer != nil {
		run = run.WithQueryTracer(tracer)
	}
	var found ast.Value
	err = run.Iter(w.ctx, func(result topdown.QueryResult) error {
		for name, term := range result {
			if rewritten, ok := compiled.RewrittenVars()[name]; found == nil && (name == answerName || ok && rewritten == answerName) {
				found = term.Value
			}
		}
		return nil
	})
	return found, err
}

// way is one evaluation of a body: the values of its variables, and what it came to where it held, or else the expression
// at which it stopped. Where that is `every`, inner has the variables of the element that broke it.
type way struct {
	locals map[string]ast.Value
	value  ast.Value
	at     int
	inner  *failure
}

// failure is an expression that did not hold inside of another one.
type failure struct {
	location *ast.Location
	locals   map[string]ast.Value
}

// watch notes, as a query is evaluated, how each rule body held, and how far it came where it did not.
type watch struct {
	rules  map[string]*ast.Rule
	frames map[uint64]*ast.Rule
	within map[uint64]uint64
	inner  map[uint64]*failure
	held   map[string][]way
	count  map[string]int
	failed map[string]way
}

func newWatch(modules map[string]*ast.Module) *watch {
	seen := &watch{
		rules: map[string]*ast.Rule{}, frames: map[uint64]*ast.Rule{}, within: map[uint64]uint64{}, inner: map[uint64]*failure{},
		held: map[string][]way{}, count: map[string]int{}, failed: map[string]way{},
	}
	for _, module := range modules {
		ast.WalkRules(module, func(rule *ast.Rule) bool {
			seen.rules[placeOf(rule.Loc())] = rule
			return false
		})
	}
	return seen
}

func placeOf(location *ast.Location) string {
	return fmt.Sprintf("%s:%d", location.File, location.Offset)
}

func (*watch) Enabled() bool { return true }

func (*watch) Config() topdown.TraceConfig { return topdown.TraceConfig{PlugLocalVars: true} }

func (w *watch) TraceEvent(event topdown.Event) {
	rule, isRule := event.Node.(*ast.Rule)
	expr, isExpr := event.Node.(*ast.Expr)
	switch {
	case event.Op == topdown.EnterOp && isRule:
		w.frames[event.QueryID] = rule
	case event.Op == topdown.EnterOp:
		w.within[event.QueryID] = event.ParentID
	case event.Op == topdown.ExitOp && isRule:
		w.noteHeld(rule, &event)
	case event.Op == topdown.FailOp && isExpr:
		w.noteFailure(expr, &event)
	}
}

func (w *watch) noteFailure(expr *ast.Expr, event *topdown.Event) {
	if rule := w.frames[event.QueryID]; rule != nil {
		w.noteFailed(rule, expr, event)
		return
	}
	outer, ok := w.within[event.QueryID], true
	for w.frames[outer] == nil && ok {
		outer, ok = w.within[outer]
	}
	if _, every := expr.Terms.(*ast.Every); !every && expr.Loc() != nil {
		w.inner[outer] = &failure{expr.Loc(), localsOf(event)}
	}
}

func (w *watch) noteHeld(rule *ast.Rule, event *topdown.Event) {
	key := keyOf(rule, event)
	w.count[key]++
	head := rule.Head.Value
	if rule.Head.RuleKind() == ast.MultiValue {
		head = rule.Head.Key
	}
	value := event.Plug(head).Value
	known := func(other way) bool { return other.value.Compare(value) == 0 }
	if slices.ContainsFunc(w.held[key], known) {
		w.count[key]--
	} else if len(w.held[key]) < maxWays {
		w.held[key] = append(w.held[key], way{locals: localsOf(event), value: value})
	}
}

// noteFailed keeps the first failure of those that came farthest.
func (w *watch) noteFailed(rule *ast.Rule, expr *ast.Expr, event *topdown.Event) {
	source := w.rules[placeOf(rule.Loc())]
	if source == nil || expr.Loc() == nil {
		return
	}
	at := slices.IndexFunc(source.Body, func(one *ast.Expr) bool { return covers(one.Loc(), expr.Loc()) })
	key := keyOf(rule, event)
	if before, ok := w.failed[key]; at >= 0 && (!ok || before.at < at) {
		w.failed[key] = way{locals: localsOf(event), at: at, inner: w.inner[event.QueryID]}
	}
}

func covers(outer, inner *ast.Location) bool {
	return outer.File == inner.File && outer.Offset <= inner.Offset && inner.Offset < outer.Offset+len(outer.Text)
}

// keyOf tells the calls of a function apart by their arguments.
func keyOf(rule *ast.Rule, event *topdown.Event) string {
	arguments := make([]ast.Value, 0, len(rule.Head.Args))
	for _, argument := range rule.Head.Args {
		arguments = append(arguments, event.Plug(argument).Value)
	}
	return placeOf(rule.Loc()) + textOf(arguments)
}

func textOf(arguments []ast.Value) string {
	texts := make([]string, 0, len(arguments))
	for _, argument := range arguments {
		texts = append(texts, argument.String())
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// localsOf are the values of variables by the names that the source gives them.
func localsOf(event *topdown.Event) map[string]ast.Value {
	locals := map[string]ast.Value{}
	event.Locals.Iter(func(key, value ast.Value) bool {
		name := key.(ast.Var)
		if meta, ok := event.LocalMetadata[name]; ok && meta.Name != "" {
			name = meta.Name
		}
		if value.IsGround() {
			locals[string(name)] = value
		}
		return false
	})
	return locals
}

// telling puts together what a watch noted, each rule once.
type telling struct {
	*world
	watch *watch
	told  map[string]bool
	rules []TracedRule
}

// tell explains a rule: the bodies that held, or, where none did, where each one stopped; then the rules these name.
func (t *telling) tell(path string, arguments string) {
	if t.told[path+arguments] {
		return
	}
	t.told[path+arguments] = true
	bodies := t.bodiesOf(ast.MustParseRef(path))
	key := func(rule *ast.Rule) string { return placeOf(rule.Loc()) + cmpOr(arguments, "()") }
	held := slices.ContainsFunc(bodies, func(rule *ast.Rule) bool { return len(t.watch.held[key(rule)]) > 0 })
	for _, rule := range bodies {
		ways := t.watch.held[key(rule)]
		if stopped, ok := t.watch.failed[key(rule)]; !held && ok {
			t.add(path, rule, stopped, 0, rule.Body[:stopped.at+1])
		}
		for index, one := range ways {
			further := 0
			if index == len(ways)-1 {
				further = t.watch.count[key(rule)] - len(ways)
			}
			t.add(path, rule, one, further, rule.Body)
		}
	}
}

func cmpOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
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

func (t *telling) add(path string, rule *ast.Rule, one way, further int, body ast.Body) {
	out := TracedRule{
		Path: path, Location: locationOut(rule.Loc()), EndRow: endRow(rule.Loc()), Held: one.value != nil, Further: further,
		Lines: []TracedLine{},
	}
	if one.value != nil {
		out.Value, _ = ast.JSON(one.value)
	}
	if head := headTerms(rule); out.Held && len(head) > 0 {
		out.Lines = append(out.Lines, TracedLine{rule.Loc().Row, endRow(rule.Head.Loc()), true, t.valuesOf(rule, head, one)})
	}
	for index, expr := range body {
		held := out.Held || index < len(body)-1
		values := t.valuesOf(rule, termsIn(expr), one)
		if !held {
			values = append(values, t.brokenBy(rule, expr, one)...)
		}
		if !expr.Loc().Equal(rule.Loc()) {
			out.Lines = append(out.Lines, TracedLine{expr.Loc().Row, endRow(expr.Loc()), held, values})
		}
	}
	t.rules = append(t.rules, out)
	if out.Held {
		t.tellNamed(rule, rule.Head.Value, one)
	}
	for index, expr := range body {
		if out.Held || index == len(body)-1 {
			t.tellNamed(rule, expr, one)
		}
	}
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

// tellNamed explains the rules of the same package that an expression names.
func (t *telling) tellNamed(rule *ast.Rule, expr any, one way) {
	own := rule.Module.Package.Path
	tell := func(ref ast.Ref, arguments string) {
		name, isVar := ref[0].Value.(ast.Var)
		if _, local := one.locals[string(name)]; isVar && !local {
			t.tell(own.Append(ast.StringTerm(string(name))).String(), arguments)
		}
	}
	if value, ok := expr.(*ast.Term); ok && value == nil {
		return
	}
	ast.WalkNodes(expr, func(node ast.Node) bool {
		var call []*ast.Term
		switch node := node.(type) {
		case *ast.Expr:
			call, _ = node.Terms.([]*ast.Term)
		case *ast.Term:
			switch value := node.Value.(type) {
			case ast.Call:
				call = value
			case ast.Ref:
				tell(value, "")
			case ast.Var:
				tell(ast.Ref{node}, "")
			}
		}
		if len(call) > 0 {
			if ref, ok := call[0].Value.(ast.Ref); ok {
				t.tellCalled(rule, ref, call[1:], one, tell)
			}
		}
		return false
	})
}

func (t *telling) tellCalled(rule *ast.Rule, function ast.Ref, operands []*ast.Term, one way, tell func(ast.Ref, string)) {
	arguments := make([]ast.Value, 0, len(operands))
	for _, operand := range operands {
		value, err := t.valueOf(rule, operand, one)
		if err != nil || value == nil {
			return
		}
		arguments = append(arguments, value)
	}
	tell(function, textOf(arguments))
}

// valuesOf are the values of terms as they are written, each once.
func (t *telling) valuesOf(rule *ast.Rule, terms []foundTerm, one way) []TracedValue {
	values, known := []TracedValue{}, map[string]bool{}
	for _, imported := range rule.Module.Imports {
		known[string(imported.Name())] = true
	}
	for _, found := range terms {
		text := textOfTerm(found.term)
		if known[text] {
			continue
		}
		known[text] = true
		value, err := t.valueOf(rule, found.term, one)
		if err != nil {
			continue
		}
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
