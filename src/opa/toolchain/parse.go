package main

import "github.com/open-policy-agent/opa/v1/ast"

// ParsedOut is what parsing alone says of a module: nothing that another module could change.
type ParsedOut struct {
	Package     []string        `json:"package"`
	Defines     [][]string      `json:"defines"`
	Rules       []RuleOut       `json:"rules"`
	Annotations []AnnotationOut `json:"annotations"`
}

// parsedModules parses each module by itself; those that do not parse are left out.
func parsedModules(request *Request) (any, error) {
	caps, err := capabilities(request.Capabilities)
	if err != nil {
		return nil, err
	}
	out := map[string]ParsedOut{}
	for name, source := range request.Modules {
		module, errs := parseModule(name, source, regoVersion(request.RegoVersions[name]), caps)
		if len(errs) == 0 {
			out[name] = parsedOut(name, module)
		}
	}
	return map[string]any{"modules": out}, nil
}

func parsedOut(name string, module *ast.Module) ParsedOut {
	out := ParsedOut{Package: namesIn(module.Package.Path), Defines: [][]string{}, Rules: []RuleOut{}}
	path := module.Package.Path.String()
	for _, rule := range module.Rules {
		out.Defines = append(out.Defines, namesIn(rule.Ref().GroundPrefix()))
		out.Rules = append(out.Rules, ruleOut(path, rule))
	}
	annotations, err := annotationsOf(map[string]*ast.Module{name: module})
	if err != nil {
		annotations = []AnnotationOut{}
	}
	out.Annotations = annotations
	return out
}

// namesIn gives the parts of a path below data.
func namesIn(path ast.Ref) []string {
	names := []string{}
	for _, term := range path[1:] {
		if text, ok := term.Value.(ast.String); ok {
			names = append(names, string(text))
		} else {
			names = append(names, term.String())
		}
	}
	return names
}
