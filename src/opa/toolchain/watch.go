package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

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

// maxWays is how many ways in which one rule held are shown.
const maxWays = 3

// outcome is what a body came to: its values, and the first ways to them.
type outcome struct {
	values ast.Set
	ways   []way
}

// watch notes, as a query is evaluated, how each rule body held, and how far it came where it did not.
type watch struct {
	rules  map[string]*ast.Rule
	frames map[uint64]*ast.Rule
	within map[uint64]uint64
	inner  map[uint64]*failure
	held   map[string]*outcome
	failed map[string]way
}

func newWatch(modules map[string]*ast.Module) *watch {
	seen := &watch{
		rules: map[string]*ast.Rule{}, frames: map[uint64]*ast.Rule{}, within: map[uint64]uint64{}, inner: map[uint64]*failure{},
		held: map[string]*outcome{}, failed: map[string]way{},
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
	_, every := expr.Terms.(*ast.Every)
	if outer := w.ruleAround(event.QueryID); outer != 0 && !every && expr.Loc() != nil {
		w.inner[outer] = &failure{expr.Loc(), localsOf(event)}
	}
}

// ruleAround is the evaluation of a rule that another one is part of; 0, the query itself, where there is none.
func (w *watch) ruleAround(query uint64) uint64 {
	for query != 0 && w.frames[query] == nil {
		query = w.within[query]
	}
	return query
}

func (w *watch) noteHeld(rule *ast.Rule, event *topdown.Event) {
	head := rule.Head.Value
	if rule.Head.RuleKind() == ast.MultiValue {
		head = rule.Head.Key
	}
	key, value := keyOf(rule, event), event.Plug(head)
	held := w.held[key]
	if held == nil {
		held = &outcome{values: ast.NewSet()}
		w.held[key] = held
	}
	if !held.values.Contains(value) && len(held.ways) < maxWays {
		held.ways = append(held.ways, way{locals: localsOf(event), value: value.Value})
	}
	held.values.Add(value)
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
