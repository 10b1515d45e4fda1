package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

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
	Value    any          `json:"value"`
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
	Value   any    `json:"value"`
	Path    []any  `json:"path,omitempty"`
	Inner   bool   `json:"inner,omitempty"`
}

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
	world, err := newWorld(request, compiler)
	if err != nil {
		return nil, err
	}
	defer world.store.Abort(world.ctx, world.txn)
	watch := newWatch(modules)
	result, err := world.answer(request.Query, watch)
	if err != nil {
		return nil, located(err)
	}
	telling := &telling{world: world, watch: watch, told: map[string]bool{}, rules: []TracedRule{}}
	for _, target := range request.Trace.Targets {
		telling.tell(target, noArguments)
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

func newWorld(request *Request, compiler *ast.Compiler) (*world, error) {
	input, err := ast.ValueFromReader(bytes.NewReader(request.Trace.Input))
	if err != nil {
		return nil, err
	}
	data := request.Data
	if data == nil {
		data = map[string]any{}
	}
	ctx, store := context.Background(), inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx)
	return &world{ctx, compiler, store, txn, ast.NewTerm(input)}, err
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
