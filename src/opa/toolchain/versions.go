package main

import "github.com/open-policy-agent/opa/v1/ast"

// regoVersion is the version of Rego that a request names; v1, as OPA has it, where it names none.
func regoVersion(name string) ast.RegoVersion {
	for _, version := range []ast.RegoVersion{ast.RegoV0, ast.RegoV0CompatV1, ast.RegoV2} {
		if version.String() == name {
			return version
		}
	}
	return ast.RegoV1
}

// versionsOf says which version of Rego each module is in.
func versionsOf(request *Request) (any, error) {
	caps, err := capabilities(request.Capabilities)
	if err != nil {
		return nil, err
	}
	versions := map[string]string{}
	for name, source := range request.Modules {
		versions[name] = versionOf(name, source, caps).String()
	}
	return versions, nil
}

// versionOf is v0 for what parses as v0 and not as v1. What parses as neither has the same mistake in both.
func versionOf(name, source string, caps *ast.Capabilities) ast.RegoVersion {
	_, v1 := parseModule(name, source, ast.RegoV1, caps)
	if len(v1) == 0 {
		return ast.RegoV1
	}
	if _, v0 := parseModule(name, source, ast.RegoV0, caps); len(v0) == 0 {
		return ast.RegoV0
	}
	return ast.RegoV1
}
