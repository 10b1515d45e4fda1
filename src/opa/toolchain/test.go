package main

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// TestOut is one test rule's result; Status is pass, fail, skip or error.
type TestOut struct {
	Package    string      `json:"package"`
	Name       string      `json:"name"`
	Status     string      `json:"status"`
	DurationMs float64     `json:"durationMs"`
	Location   LocationOut `json:"location"`
	Output     string      `json:"output,omitempty"`
	Error      *ErrorOut   `json:"error,omitempty"`
	Report     string      `json:"report,omitempty"`
	Cases      []CaseOut   `json:"cases,omitempty"`
}

// CaseOut is one case of a data-driven test (`test_x[note] if ...`).
type CaseOut struct {
	Name   string `json:"name"`
	Status string `json:"status"`
}

func testModules(request *Request) (any, error) {
	if _, err := regexp.Compile(request.Filter); err != nil {
		return nil, err
	}
	cov := cover.New()
	results, modules, err := runTests(request, request.Filter, &yielding{cover: cov, record: request.Coverage}, false)
	if err != nil {
		return nil, err
	}
	out := make([]TestOut, 0, len(results))
	for _, result := range results {
		out = append(out, testOut(result, request))
	}
	if err := explainFailures(request, out); err != nil {
		return nil, err
	}
	response := map[string]any{"tests": out}
	if request.Coverage {
		response["coverage"] = cov.Report(modules)
	}
	return response, nil
}

func runTests(request *Request, filter string, tracer topdown.QueryTracer, explain bool) ([]*tester.Result, map[string]*ast.Module, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	data := request.Data
	if data == nil {
		data = map[string]any{}
	}
	store := inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer store.Abort(ctx, txn)
	compiler := compilerFor(request, caps).WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn)).WithRewriteTestRules(explain)
	runner := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(modules).SetParallel(1).Filter(filter).
		SetTimeout(time.Duration(request.TimeoutMs) * time.Millisecond).CapturePrintOutput(true).SetRuntime(ast.ObjectTerm())
	if explain {
		runner = runner.EnableTracing(true)
	} else {
		runner = runner.SetCoverageQueryTracer(tracer)
	}
	channel, err := runner.RunTests(ctx, txn)
	if err != nil {
		return nil, nil, err
	}
	var results []*tester.Result
	for result := range channel {
		results = append(results, result)
	}
	slices.SortFunc(results, byPlace)
	return results, modules, nil
}

func byPlace(a, b *tester.Result) int {
	if order := a.Location.Compare(b.Location); order != 0 {
		return order
	}
	return strings.Compare(a.Name, b.Name)
}

func testOut(result *tester.Result, request *Request) TestOut {
	out := TestOut{
		Package: result.Package, Name: result.Name, Status: status(result), Location: locationOut(result.Location),
		DurationMs: float64(result.Duration.Microseconds()) / 1000, Output: string(result.Output),
	}
	if result.Error != nil {
		out.Error = testError(result, request)
	}
	for names, sub := range result.SubResults.Iter {
		if len(sub.SubResults) == 0 {
			out.Cases = append(out.Cases, CaseOut{strings.Join(names, " / "), statusOf(sub.Fail)})
		}
	}
	return out
}

func status(result *tester.Result) string {
	switch {
	case result.Skip:
		return "skip"
	case result.Error != nil:
		return "error"
	}
	return statusOf(result.Fail)
}

func statusOf(failed bool) string {
	if failed {
		return "fail"
	}
	return "pass"
}

func testError(result *tester.Result, request *Request) *ErrorOut {
	out := ErrorOut{Code: topdown.InternalErr, Message: result.Error.Error()}
	var known *topdown.Error
	if errors.As(result.Error, &known) {
		out = ErrorOut{Code: known.Code, Message: known.Message}
		if known.Location != nil {
			out.File, out.Row, out.Col = known.Location.File, known.Location.Row, known.Location.Col
		}
	}
	if topdown.IsCancel(result.Error) {
		out.Code, out.Message = "test_timeout", "the test took longer than its limit of "+limit(request)
	}
	if out.File == "" && result.Location != nil {
		out.File, out.Row, out.Col = result.Location.File, result.Location.Row, result.Location.Col
	}
	out.Text = line(request.Modules[out.File], out.Row)
	return &out
}

func limit(request *Request) string {
	return (time.Duration(request.TimeoutMs) * time.Millisecond).String()
}

// explainFailures runs the failing tests once more with tracing, which would cost every passing test its memory.
func explainFailures(request *Request, out []TestOut) error {
	var names []string
	for _, test := range out {
		if test.Status == "fail" {
			names = append(names, regexp.QuoteMeta(test.Package+"."+test.Name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	results, _, err := runTests(request, "^("+strings.Join(names, "|")+")$", nil, true)
	if err != nil {
		return err
	}
	for _, result := range results {
		for i := range out {
			if out[i].Package == result.Package && out[i].Name == result.Name {
				out[i].Report = failureReport(result)
			}
		}
	}
	return nil
}

// failureReport is the failing line with the values its variables had, as `opa test --var-values` prints it.
func failureReport(result *tester.Result) string {
	var buffer bytes.Buffer
	for _, event := range slices.Backward(result.Trace) {
		if event.Op != topdown.FailOp || event.Location == nil || event.QueryID == 0 {
			continue
		}
		if expr, ok := event.Node.(*ast.Expr); ok && expr.IsEvery() {
			continue
		}
		if err := topdown.PrettyEvent(&buffer, event, topdown.PrettyEventOpts{PrettyVars: true}); err == nil {
			break
		}
	}
	return strings.TrimRight(buffer.String(), "\n")
}

// yielding lets the timer run: a WASI program has one thread, and an evaluation that never yields never times out.
type yielding struct {
	cover  *cover.Cover
	record bool
	events int
}

func (*yielding) Enabled() bool { return true }

func (y *yielding) Config() topdown.TraceConfig { return y.cover.Config() }

func (y *yielding) TraceEvent(event topdown.Event) {
	if y.record {
		y.cover.TraceEvent(event)
	}
	if y.events++; y.events%1000 == 0 {
		runtime.Gosched()
	}
}
