package main

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// AnnotationOut is one METADATA block: what `opa inspect -a` prints, with refs written as text.
type AnnotationOut struct {
	Path             string                           `json:"path"`
	Package          string                           `json:"package"`
	Rule             string                           `json:"rule,omitempty"`
	Location         LocationOut                      `json:"location"`
	Scope            string                           `json:"scope"`
	Title            string                           `json:"title,omitempty"`
	Description      string                           `json:"description,omitempty"`
	Entrypoint       bool                             `json:"entrypoint"`
	Organizations    []string                         `json:"organizations,omitempty"`
	Authors          []*ast.AuthorAnnotation          `json:"authors,omitempty"`
	RelatedResources []*ast.RelatedResourceAnnotation `json:"relatedResources,omitempty"`
	Schemas          []SchemaOut                      `json:"schemas,omitempty"`
	Custom           map[string]any                   `json:"custom,omitempty"`
	Labels           map[string]any                   `json:"labels,omitempty"`
}

// SchemaOut says which schema, by name or written out, describes the document at Path.
type SchemaOut struct {
	Path       string `json:"path"`
	Schema     string `json:"schema,omitempty"`
	Definition *any   `json:"definition,omitempty"`
}

// LocationOut is a place in a source file; Row and Col count from 1.
type LocationOut struct {
	File string `json:"file"`
	Row  int    `json:"row"`
	Col  int    `json:"col"`
}

// RuleOut is one rule as declared; a rule with several bodies appears once for each. Kind is complete, set, object or function.
type RuleOut struct {
	Package  string      `json:"package"`
	Name     string      `json:"name"`
	Path     string      `json:"path"`
	Kind     string      `json:"kind"`
	Location LocationOut `json:"location"`
}

func inspectModules(request *Request) (any, error) {
	modules, caps, err := parsed(request)
	if err != nil {
		return nil, err
	}
	annotations, err := annotationsOf(modules)
	if err != nil {
		return nil, err
	}
	packages, rules := map[string][]string{}, []RuleOut{}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		module := modules[name]
		path := module.Package.Path.String()
		packages[path] = append(packages[path], name)
		for _, rule := range module.Rules {
			rules = append(rules, ruleOut(path, rule))
		}
	}
	compiler := ast.NewCompiler().SetErrorLimit(0).WithCapabilities(caps)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compiler.Errors
	}
	builtins := []string{}
	for _, builtin := range compiler.Required.Builtins {
		builtins = append(builtins, builtin.Name)
	}
	return map[string]any{"packages": packages, "rules": rules, "annotations": annotations, "builtins": builtins}, nil
}

func ruleOut(pkg string, rule *ast.Rule) RuleOut {
	return RuleOut{
		Package:  pkg,
		Name:     rule.Head.Ref().GroundPrefix().String(),
		Path:     rule.Ref().GroundPrefix().String(),
		Kind:     kindOf(rule),
		Location: locationOut(rule.Loc()),
	}
}

func kindOf(rule *ast.Rule) string {
	switch {
	case len(rule.Head.Args) > 0:
		return "function"
	case rule.Head.RuleKind() == ast.MultiValue:
		return "set"
	case !rule.Head.Ref().IsGround():
		return "object"
	}
	return "complete"
}

func locationOut(location *ast.Location) LocationOut {
	if location == nil {
		return LocationOut{}
	}
	return LocationOut{location.File, location.Row, location.Col}
}

func annotationsOf(modules map[string]*ast.Module) ([]AnnotationOut, error) {
	list := make([]*ast.Module, 0, len(modules))
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		list = append(list, modules[name])
	}
	set, errs := ast.BuildAnnotationSet(list)
	if len(errs) > 0 {
		return nil, errs
	}
	out := []AnnotationOut{}
	for _, ref := range set.Flatten() {
		out = append(out, annotationOut(ref))
	}
	return out, nil
}

func annotationOut(ref *ast.AnnotationsRef) AnnotationOut {
	from := ref.Annotations
	out := AnnotationOut{
		Path: ref.Path.String(), Location: locationOut(ref.Location), Scope: from.Scope, Title: from.Title,
		Description: from.Description, Entrypoint: from.Entrypoint, Organizations: from.Organizations,
		Authors: from.Authors, RelatedResources: from.RelatedResources, Custom: from.Custom, Labels: from.Labels,
	}
	if pkg := ref.GetPackage(); pkg != nil {
		out.Package = pkg.Path.String()
	}
	if rule := ref.GetRule(); rule != nil {
		out.Rule = rule.Head.Ref().GroundPrefix().String()
	}
	for _, schema := range from.Schemas {
		out.Schemas = append(out.Schemas, schemaOut(schema))
	}
	return out
}

func schemaOut(schema *ast.SchemaAnnotation) SchemaOut {
	out := SchemaOut{Path: schema.Path.String(), Definition: schema.Definition}
	if schema.Schema != nil {
		out.Schema = schema.Schema.String()
	}
	return out
}
