// Command toolchain is Open Policy Agent's compiler, checker, formatter and tester as one WASI module: toolchain_run
// takes one JSON request on stdin and gives one JSON response on stdout; builtin_call runs one of OPA's built-ins for a
// compiled policy. It touches no file and no network.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/version"
)

// Request is everything a command can need; each command reads its own part.
type Request struct {
	Command      string            `json:"command"`
	Modules      map[string]string `json:"modules"`
	RegoVersions map[string]string `json:"regoVersions"`
	Target       string            `json:"target"`
	Entrypoints  []string          `json:"entrypoints"`
	Query        string            `json:"query"`
	Requests     []*Request        `json:"requests"`
	Capabilities *Capabilities     `json:"capabilities"`
	Schemas      map[string]any    `json:"schemas"`
	Strict       bool              `json:"strict"`
	Data         map[string]any    `json:"data"`
	Filter       string            `json:"filter"`
	TimeoutMs    int               `json:"timeoutMs"`
	Coverage     bool              `json:"coverage"`
	Trace        TraceRequest      `json:"trace"`
}

// Capabilities narrows what a policy may use. A built-in is a name OPA knows, or a whole declaration of one it does not.
type Capabilities struct {
	Builtins []json.RawMessage `json:"builtins"`
}

// Response carries a result or errors, never both.
type Response struct {
	Result any        `json:"result,omitempty"`
	Errors []ErrorOut `json:"errors,omitempty"`
}

// ErrorOut is one error with its place in the source; File, Row and Col are absent when it has none.
type ErrorOut struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	File    string   `json:"file,omitempty"`
	Row     int      `json:"row,omitempty"`
	Col     int      `json:"col,omitempty"`
	Text    string   `json:"text,omitempty"`
	Details []string `json:"details,omitempty"`
	Builtin string   `json:"builtin,omitempty"`
}

// main is never called: the module is a WASI reactor, for its exported functions.
func main() {}

// toolchainRun runs one command.
//
//go:wasmexport toolchain_run
func toolchainRun() {
	// A short-lived instance: fewer collections are worth the memory.
	debug.SetGCPercent(400)
	raw, err := io.ReadAll(os.Stdin)
	var request Request
	if err == nil {
		err = json.Unmarshal(raw, &request)
	}
	response := Response{Errors: errorsOut(err, nil)}
	if err == nil {
		response = respond(&request)
	}
	if err := json.NewEncoder(os.Stdout).Encode(response); err != nil {
		panic(err)
	}
}

func respond(request *Request) Response {
	result, err := run(request)
	if err != nil {
		return Response{Errors: errorsOut(err, request.Modules)}
	}
	return Response{Result: result}
}

// runBatch answers each request by itself: one that fails does not fail the others.
func runBatch(requests []*Request) []Response {
	responses := make([]Response, 0, len(requests))
	for _, request := range requests {
		responses = append(responses, respond(request))
	}
	return responses
}

func run(request *Request) (result any, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("the OPA toolchain failed: %v", failure)
		}
	}()
	switch request.Command {
	case "batch":
		return runBatch(request.Requests), nil
	case "compile":
		return compileModules(request)
	case "query":
		return compileQuery(request)
	case "check":
		return checkModules(request)
	case "format":
		return formatModules(request)
	case "parse":
		return parsedModules(request)
	case "versions":
		return versionsOf(request)
	case "test":
		return testModules(request)
	case "inspect":
		return inspectModules(request)
	case "trace":
		return traceQuery(request)
	case "version":
		return map[string]any{"opa": version.Version, "builtins": builtinNames(), "nondeterministic": nondeterministicNames()}, nil
	}
	return nil, fmt.Errorf("unknown command %q", request.Command)
}

func builtinNames() []string {
	names := []string{}
	for _, builtin := range ast.CapabilitiesForThisVersion().Builtins {
		names = append(names, builtin.Name)
	}
	return names
}

// nondeterministicNames are the built-ins that OPA itself says may answer differently to the same question.
func nondeterministicNames() []string {
	names := []string{}
	for _, builtin := range ast.CapabilitiesForThisVersion().Builtins {
		if builtin.Nondeterministic {
			names = append(names, builtin.Name)
		}
	}
	return names
}

// capabilities gives this OPA version's capabilities, narrowed to the requested built-ins.
func capabilities(wanted *Capabilities) (*ast.Capabilities, error) {
	all := ast.CapabilitiesForThisVersion()
	all.AllowNet = []string{}
	if wanted == nil {
		return all, nil
	}
	known := map[string]*ast.Builtin{}
	for _, builtin := range all.Builtins {
		known[builtin.Name] = builtin
	}
	all.Builtins = nil
	for _, raw := range wanted.Builtins {
		builtin, err := builtinFrom(raw, known)
		if err != nil {
			return nil, err
		}
		all.Builtins = append(all.Builtins, builtin)
	}
	return all, nil
}

func builtinFrom(raw json.RawMessage, known map[string]*ast.Builtin) (*ast.Builtin, error) {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		if builtin, ok := known[name]; ok {
			return builtin, nil
		}
		return nil, fmt.Errorf("capabilities: OPA %s has no built-in %q", version.Version, name)
	}
	var builtin ast.Builtin
	if err := json.Unmarshal(raw, &builtin); err != nil {
		return nil, fmt.Errorf("capabilities: %w", err)
	}
	return &builtin, nil
}

// parse parses every module and reports the errors of all of them, not of the first broken one only.
func parse(request *Request, caps *ast.Capabilities) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	var failed ast.Errors
	for _, name := range slices.Sorted(maps.Keys(request.Modules)) {
		module, errs := parseModule(name, request.Modules[name], regoVersion(request.RegoVersions[name]), caps)
		modules[name], failed = module, append(failed, errs...)
	}
	if len(failed) > 0 {
		return nil, failed
	}
	return modules, nil
}

func parseModule(name, source string, version ast.RegoVersion, caps *ast.Capabilities) (*ast.Module, ast.Errors) {
	options := ast.ParserOptions{ProcessAnnotation: true, RegoVersion: version, Capabilities: caps}
	module, err := ast.ParseModuleWithOpts(name, source, options)
	var parseErrors ast.Errors
	switch {
	case errors.As(err, &parseErrors):
		return nil, parseErrors
	case err != nil:
		return nil, ast.Errors{ast.NewError(ast.ParseErr, &ast.Location{File: name, Row: 1, Col: 1}, "%s", err)}
	case module == nil:
		return nil, ast.Errors{ast.NewError(ast.ParseErr, &ast.Location{File: name, Row: 1, Col: 1}, "empty module")}
	}
	return module, nil
}

func parsed(request *Request) (map[string]*ast.Module, *ast.Capabilities, error) {
	caps, err := capabilities(request.Capabilities)
	if err != nil {
		return nil, nil, err
	}
	modules, err := parse(request, caps)
	return modules, caps, err
}

func compileModules(request *Request) (any, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, err
	}
	annotations, err := annotationsOf(modules)
	if err != nil {
		return nil, err
	}
	input := &bundle.Bundle{Data: map[string]any{}}
	input.SetRegoVersion(ast.RegoV1)
	input.Manifest.Init()
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		source := []byte(request.Modules[name])
		input.Modules = append(input.Modules, bundle.ModuleFile{URL: name, Path: name, Parsed: modules[name], Raw: source})
	}
	compiler := compile.New().WithBundle(input).WithCapabilities(caps).WithRegoVersion(ast.RegoV1).
		WithTarget(compile.TargetWasm).WithEntrypoints(request.Entrypoints...)
	if err := compiler.Build(context.Background()); err != nil {
		return nil, err
	}
	return map[string]any{"wasm": compiler.Bundle().WasmModules[0].Raw, "annotations": annotations}, nil
}

// compileQuery compiles a query as `opa eval` takes it; the result set of the WebAssembly has its variables.
func compileQuery(request *Request) (any, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, err
	}
	options := []func(*rego.Rego){
		rego.Query(request.Query), rego.SetRegoVersion(ast.RegoV1), rego.Capabilities(caps),
	}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		options = append(options, rego.ParsedModule(modules[name]))
	}
	known := builtinNames()
	for _, builtin := range caps.Builtins {
		if !slices.Contains(known, builtin.Name) {
			options = append(options, rego.FunctionDecl(&rego.Function{Name: builtin.Name, Decl: builtin.Decl}))
		}
	}
	compiled, err := rego.New(options...).Compile(context.Background())
	if err != nil {
		return nil, err
	}
	return map[string]any{"wasm": compiled.Bytes}, nil
}

// compilerFor is the compiler that check and test share; METADATA schemas count only when schemas are given.
func compilerFor(request *Request, caps *ast.Capabilities) *ast.Compiler {
	compiler := ast.NewCompiler().SetErrorLimit(0).WithCapabilities(caps).WithStrict(request.Strict).
		WithEnablePrintStatements(true)
	if request.Schemas == nil {
		return compiler
	}
	set := ast.NewSchemaSet()
	for name, schema := range request.Schemas {
		key := ast.Ref{ast.SchemaRootDocument}
		for part := range strings.SplitSeq(name, "/") {
			key = key.Append(ast.StringTerm(part))
		}
		set.Put(key, schema)
	}
	return compiler.WithSchemas(set).WithUseTypeCheckAnnotations(true)
}

func checkModules(request *Request) (any, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, err
	}
	compiler := compilerFor(request, caps)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compiler.Errors
	}
	return map[string]any{}, nil
}

func formatModules(request *Request) (any, error) {
	formatted := map[string]string{}
	var failed ast.Errors
	for name, source := range request.Modules {
		from := request.RegoVersions[name]
		parser := &ast.ParserOptions{RegoVersion: regoVersion(from)}
		options := format.Opts{RegoVersion: regoVersion(cmp.Or(request.Target, from)), ParserOptions: parser}
		out, err := format.SourceWithOpts(name, []byte(source), options)
		var sourceErrors ast.Errors
		if errors.As(err, &sourceErrors) {
			failed = append(failed, sourceErrors...)
		} else if err != nil {
			failed = append(failed, ast.NewError(ast.FormatErr, &ast.Location{File: name, Row: 1, Col: 1}, "%s", err))
		}
		formatted[name] = string(out)
	}
	if len(failed) > 0 {
		return nil, failed
	}
	return formatted, nil
}

func errorsOut(err error, sources map[string]string) []ErrorOut {
	if err == nil {
		return nil
	}
	var many ast.Errors
	if errors.As(err, &many) {
		many.Sort()
		out := make([]ErrorOut, 0, len(many))
		for _, one := range many {
			out = append(out, errorOut(one, sources))
		}
		return out
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return []ErrorOut{errorOut(one, sources)}
	}
	return []ErrorOut{{Code: ast.CompileErr, Message: err.Error()}}
}

func errorOut(err *ast.Error, sources map[string]string) ErrorOut {
	out := ErrorOut{Code: err.Code, Message: err.Message}
	if err.Details != nil {
		out.Details = err.Details.Lines()
	}
	if err.Location != nil {
		out.File, out.Row, out.Col = err.Location.File, err.Location.Row, err.Location.Col
		out.Text = line(sources[out.File], out.Row)
	}
	// A name OPA knows and the capabilities leave out is not a typing mistake: it gets a code of its own.
	if name, ok := strings.CutPrefix(err.Message, "undefined function "); ok && slices.Contains(builtinNames(), name) {
		out.Code, out.Builtin = "rego_unsupported_builtin", name
	}
	return out
}

func line(source string, row int) string {
	lines := strings.Split(source, "\n")
	if row < 1 || row > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[row-1], "\r")
}
