package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/metrics"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"
)

// What a call of a built-in came to; the first byte of its answer.
const (
	undefined = iota
	defined
	failed  // an error that makes the expression undefined, as everywhere outside OPA's strict mode
	aborted // an error that ends the evaluation
)

var (
	// Both are reached from outside by address: as globals they stay where they are.
	requestBytes []byte
	answerBytes  []byte
	evaluation   = topdown.BuiltinContext{}
)

// builtinRequest gives the address of size bytes for the host to write a request into.
//
//go:wasmexport builtin_request
func builtinRequest(size int32) unsafe.Pointer {
	if int(size) > cap(requestBytes) {
		requestBytes = make([]byte, size)
	}
	requestBytes = requestBytes[:size]
	return unsafe.Pointer(unsafe.SliceData(requestBytes))
}

// builtinBegin begins an evaluation: within one, the clock stands still and rand.intn repeats itself, as in OPA.
//
//go:wasmexport builtin_begin
func builtinBegin(nanoseconds int64) {
	evaluation = topdown.BuiltinContext{
		Context:      context.Background(),
		Metrics:      metrics.New(),
		Seed:         rand.Reader,
		Time:         ast.NumberTerm(json.Number(strconv.FormatInt(nanoseconds, 10))),
		Cancel:       topdown.NewCancel(),
		Cache:        builtins.Cache{},
		Capabilities: offline(),
	}
}

// offline is what this OPA version can do, less the network, which a WASI module has not got.
var offline = sync.OnceValue(func() *ast.Capabilities {
	capabilities := ast.CapabilitiesForThisVersion()
	capabilities.AllowNet = []string{}
	return capabilities
})

// builtinCall runs the request: the built-in's name and its arguments as Rego terms, each ended by a zero byte. It
// returns address (high half) and length of the answer: a status byte, then the result as a Rego term, or why there is none.
//
//go:wasmexport builtin_call
func builtinCall() uint64 {
	answerBytes = answer(answerBytes[:0])
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(answerBytes))))<<32 | uint64(len(answerBytes))
}

func answer(out []byte) (full []byte) {
	defer func() {
		if failure := recover(); failure != nil {
			full = append(append(out[:0], aborted), fmt.Sprint(failure)...)
		}
	}()
	result, err := callBuiltin(requestBytes)
	var halt topdown.Halt
	switch {
	case errors.As(err, &halt):
		return append(append(out, aborted), halt.Err.Error()...)
	case err != nil:
		return append(append(out, failed), err.Error()...)
	case result == nil:
		return append(out, undefined)
	}
	return writeTerm(append(out, defined), result.Value)
}

func callBuiltin(request []byte) (*ast.Term, error) {
	text := string(request)
	name, text, _ := strings.Cut(text, "\x00")
	run := topdown.GetBuiltin(name)
	if run == nil {
		return nil, topdown.Halt{Err: errors.New("OPA has no built-in of that name: give openEngine one")}
	}
	var args []*ast.Term
	for text != "" {
		arg, rest, err := readTerm(text)
		if err != nil {
			return nil, topdown.Halt{Err: err}
		}
		args, text = append(args, arg), strings.TrimPrefix(rest, "\x00")
	}
	var result *ast.Term
	err := run(evaluation, args, func(term *ast.Term) error {
		result = term
		return nil
	})
	return result, err
}
