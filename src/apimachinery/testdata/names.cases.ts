/**
 * Cases of upstream's tests of names and formats: what is well formed and what is not.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation_test.go and
 * pkg/api/validate/content/{dns,kube,identifier,path,decimal_int}_test.go, Kubernetes 1.36 (Apache-2.0).
 */
export const SOURCE = {
  area: 'names and labels',
  file: 'staging/src/k8s.io/apimachinery/pkg/{util/validation/validation,api/validate/content/*}_test.go',
  release: '1.36.2',
} as const;

interface Cases<T> {
  readonly good: readonly T[];
  readonly bad: readonly T[];
}

/** TestIsDNS1123Label. */
export const DNS_1123_LABEL: Cases<string> = {
  good: ["a", "ab", "abc", "a1", "a-1", "a--1--2--b", "0", "01", "012", "1a", "1-a", "1--a--b--2", 'a'.repeat(63)],
  bad: ["", "A", "ABC", "aBc", "A1", "A-1", "1-A", "-", "a-", "-a", "1-", "-1", "_", "a_", "_a", "a_b", "1_", "_1", "1_2", ".", "a.", ".a", "a.b", "1.", ".1", "1.2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", 'a'.repeat(64)],
};

/** TestIsDNS1123Subdomain. */
export const DNS_1123_SUBDOMAIN: Cases<string> = {
  good: ["a", "ab", "abc", "a1", "a-1", "a--1--2--b", "0", "01", "012", "1a", "1-a", "1--a--b--2", "a.a", "ab.a", "abc.a", "a1.a", "a-1.a", "a--1--2--b.a", "a.1", "ab.1", "abc.1", "a1.1", "a-1.1", "a--1--2--b.1", "0.a", "01.a", "012.a", "1a.a", "1-a.a", "1--a--b--2", "0.1", "01.1", "012.1", "1a.1", "1-a.1", "1--a--b--2.1", "a.b.c.d.e", "aa.bb.cc.dd.ee", "1.2.3.4.5", "11.22.33.44.55", 'a'.repeat(253)],
  bad: ["", "A", "ABC", "aBc", "A1", "A-1", "1-A", "-", "a-", "-a", "1-", "-1", "_", "a_", "_a", "a_b", "1_", "_1", "1_2", ".", "a.", ".a", "a..b", "1.", ".1", "1..2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", "A.a", "aB.a", "ab.A", "A1.a", "a1.A", "A.1", "aB.1", "A1.1", "1A.1", "0.A", "01.A", "012.A", "1A.a", "1a.A", "A.B.C.D.E", "AA.BB.CC.DD.EE", "a.B.c.d.e", "aa.bB.cc.dd.ee", "a@b", "a,b", "a_b", "a;b", "a:b", "a%b", "a?b", "a$b", 'a'.repeat(254)],
};

/** TestIsDNS1035Label. */
export const DNS_1035_LABEL: Cases<string> = {
  good: ["a", "ab", "abc", "a1", "a-1", "a--1--2--b", 'a'.repeat(63)],
  bad: ["0", "01", "012", "1a", "1-a", "1--a--b--2", "", "A", "ABC", "aBc", "A1", "A-1", "1-A", "-", "a-", "-a", "1-", "-1", "_", "a_", "_a", "a_b", "1_", "_1", "1_2", ".", "a.", ".a", "a.b", "1.", ".1", "1.2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", 'a'.repeat(64)],
};

/** TestIsValidPortNum. */
export const PORT_NUMBER: Cases<number> = {
  good: [1, 2, 1000, 16384, 32768, 65535],
  bad: [0, -1, 65536, 100000],
};

/** TestIsValidGroupID. */
export const GROUP_ID: Cases<number> = {
  good: [0, 1, 1000, 65535, 2147483647],
  bad: [-1, -1003, 2147483648, 4147483647],
};

/** TestIsValidUserID. */
export const USER_ID: Cases<number> = {
  good: [0, 1, 1000, 65535, 2147483647],
  bad: [-1, -1003, 2147483648, 4147483647],
};

/** TestIsValidPortName. */
export const PORT_NAME: Cases<string> = {
  good: ["telnet", "re-mail-ck", "pop3", "a", "a-1", "1-a", "a-1-b-2-c", "1-a-2-b-3"],
  bad: ["longerthan15characters", "", 'a'.repeat(16), "12345", "1-2-3-4", "-begin", "end-", "two--hyphens", "whois++"],
};

/** TestIsQualifiedName. */
export const LABEL_KEY: Cases<string> = {
  good: ["simple", "now-with-dashes", "1-starts-with-num", "1234", "simple/simple", "now-with-dashes/simple", "now-with-dashes/now-with-dashes", "now.with.dots/simple", "now-with.dashes-and.dots/simple", "1-num.2-num/3-num", "1234/5678", "1.2.3.4/5678", "Uppercase_Is_OK_123", "example.com/Uppercase_Is_OK_123", "requests.storage-foo", 'a'.repeat(63), 'a'.repeat(253) + "/" + 'b'.repeat(63)],
  bad: ["nospecialchars%^=@", "cantendwithadash-", "-cantstartwithadash-", "only/one/slash", "Example.com/abc", "example_com/abc", "example.com/", "/simple", 'a'.repeat(64), 'a'.repeat(254) + "/abc"],
};

/** TestIsValidLabelValue. */
export const LABEL_VALUE: Cases<string> = {
  good: ["simple", "now-with-dashes", "1-starts-with-num", "end-with-num-1", "1234", 'a'.repeat(63), ""],
  bad: ["nospecialchars%^=@", "Tama-nui-te-rā.is.Māori.sun", "\\backslashes\\are\\bad", "-starts-with-dash", "ends-with-dash-", ".starts.with.dot", "ends.with.dot.", 'a'.repeat(64)],
};

/** TestIsHTTPHeaderName. */
export const HTTP_HEADER_NAME: Cases<string> = {
  good: ["Accept-Encoding", "Host", "If-Modified-Since", "X-Forwarded-For", "a", "ab", "abc", "a1", "-a", "a-", "a-b", "a-1", "a--1--2--b", "--abc-123", "A", "AB", "AbC", "A1", "-A", "A-", "A-B", "A-1", "A--1--2--B", "--123-ABC"],
  bad: ["Host:", "X-Forwarded-For:", "X-@Home", "", "_", "a_", "_a", "1_", "1_2", ".", "a.", ".a", "a.b", "1.", ".1", "1.2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", "#a#", "^", ",", ";", "=", "<", "?", "@", "{"],
};

/** TestIsValidPercent. */
export const PERCENT: Cases<string> = {
  good: ["0%", "00000%", "1%", "01%", "99%", "100%", "101%"],
  bad: ["", "0", "100", "0.0%", "99.9%", "hundred", " 1%", "1% ", "-0%", "-1%", "+1%"],
};

/** TestIsConfigMapKey. */
export const CONFIG_MAP_KEY: Cases<string> = {
  good: ["a", "good", "good-good", "still.good", "this.is.also.good", ".so.is.this", "THIS_IS_GOOD", "so_is_this_17"],
  bad: [".", "..", "..bad", "b*d", "bad!&bad"],
};

/** TestIsWildcardDNS1123Subdomain. */
export const WILDCARD_SUBDOMAIN: Cases<string> = {
  good: ["*.example.com", "*.bar.com", "*.foo.bar.com"],
  bad: ["*.*.bar.com", "*.foo.*.com", "*bar.com", "f*.bar.com", "*"],
};

/** TestIsFullyQualifiedDomainName. */
export const FULLY_QUALIFIED_DOMAIN_NAME: Cases<string> = {
  good: ["a.com", "k8s.io", "dev.k8s.io", "dev.k8s.io.", "foo.example.com", "this.is.a.really.long.fqdn", "bbc.co.uk", "10.0.0.1", "hyphens-are-good.k8s.io", 'a'.repeat(63) + ".k8s.io", 'a'.repeat(63) + "." + 'b'.repeat(63) + "." + 'c'.repeat(63) + "." + 'd'.repeat(54) + ".k8s.io"],
  bad: [".", "...", ".io", "com", ".com", "Dev.k8s.io", ".foo.example.com", "*.example.com", "*.bar.com", "*.foo.bar.com", "underscores_are_bad.k8s.io", "foo@bar.example.com", "http://foo.example.com", 'a'.repeat(64) + ".k8s.io", 'a'.repeat(63) + "." + 'b'.repeat(63) + "." + 'c'.repeat(63) + "." + 'd'.repeat(55) + ".k8s.io"],
};

/** TestIsFullyQualifiedName. */
export const FULLY_QUALIFIED_NAME: Cases<string> = {
  good: ["dev.k8s.io", "foo.example.com", "this.is.a.really.long.fqdn", "bbc.co.uk", "10.0.0.1", "hyphens-are-good.k8s.io", 'a'.repeat(246) + ".k8s.io"],
  bad: ["...", "dev.k8s.io.", ".io", "Dev.k8s.io", "k8s.io", "*.example.com", "*.bar.com", "*.foo.bar.com", "underscores_are_bad.k8s.io", "foo@bar.example.com", "http://foo.example.com", 'a'.repeat(247) + ".k8s.io"],
};

/** TestIsDomainPrefixedPath. */
export const DOMAIN_PREFIXED_PATH: Cases<string> = {
  good: ["a/b", "a/b/c/d", "a.com/foo", "a.b.c.d/foo", "k8s.io/foo/bar", "k8s.io/FOO/BAR", "dev.k8s.io/more/path", "this.is.a.really.long.fqdn/even/longer/path/just/because", "bbc.co.uk/path/goes/here", "10.0.0.1/foo", "hyphens-are-good.k8s.io/and-in-paths-too", 'a'.repeat(240) + ".k8s.io/a", "k8s.io/" + 'a'.repeat(240)],
  bad: [".", "...", "/b", "com", ".com", "a.b.c.d/foo?a=b", "a.b.c.d/foo#a", "Dev.k8s.io", ".foo.example.com", "*.example.com", "example.com/foo{}[]@^`", "underscores_are_bad.k8s.io", "underscores_are_bad.k8s.io/foo", "foo@bar.example.com", "foo@bar.example.com/foo", 'a'.repeat(247) + ".k8s.io"],
};

/** TestIsRelaxedEnvVarName. */
export const RELAXED_ENV_VAR_NAME: Cases<string> = {
  good: ["-", ":", "_", "+a", ">a", "<a", "a.", "a..", "*a", "%a", "?a", "a:a", "a_a", "aAz", "~a", "|a", "a0a", "a9", "/a", "a ", "#a", "0a", "0 a", "'a", "(a", "@a"],
  bad: ["", "=", "a=", "1=a", "a=b", "#%=&&", String.fromCharCode(1) + "abc", String.fromCharCode(130) + "abc", "Ç ç", "Ä ä", "Ñ ñ", "Ø ø"],
};

/** TestIsDNS1123SubdomainCaseless. */
export const DNS_1123_SUBDOMAIN_CASELESS: Cases<string> = {
  good: ["a", "ab", "abc", "a1", "a-1", "a--1--2--b", "0", "01", "012", "1a", "1-a", "1--a--b--2", "a.a", "ab.a", "abc.a", "a1.a", "a-1.a", "a--1--2--b.a", "a.1", "ab.1", "abc.1", "a1.1", "a-1.1", "a--1--2--b.1", "0.a", "01.a", "012.a", "1a.a", "1-a.a", "1--a--b--2", "0.1", "01.1", "012.1", "1a.1", "1-a.1", "1--a--b--2.1", "a.b.c.d.e", "aa.bb.cc.dd.ee", "1.2.3.4.5", "11.22.33.44.55", "A", "AB", "ABC", "A1", "A-1", "A.A", "AB.A", "ABC.A", "A1.A", "A-1.A", "A.B.C.D.E", "AA.BB.CC.DD.EE", "a.B.c.d.e", "aa.bB.cc.dd.ee", 'a'.repeat(253), 'A'.repeat(253)],
  bad: ["", "-", "a-", "-a", "1-", "-1", "_", "a_", "_a", "a_b", "1_", "_1", "1_2", ".", "a.", ".a", "a..b", "1.", ".1", "1..2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", "a@b", "a,b", "a_b", "a;b", "a:b", "a%b", "a?b", "a$b", 'a'.repeat(254)],
};

/** TestIsCIdentifier. */
export const C_IDENTIFIER: Cases<string> = {
  good: ["a", "ab", "abc", "a1", "_a", "a_", "a_b", "a_1", "a__1__2__b", "__abc_123", "A", "AB", "AbC", "A1", "_A", "A_", "A_B", "A_1", "A__1__2__B", "__123_ABC"],
  bad: ["", "1", "123", "1a", "-", "a-", "-a", "1-", "-1", "1_", "1_2", ".", "a.", ".a", "a.b", "1.", ".1", "1.2", " ", "a ", " a", "a b", "1 ", " 1", "1 2", "#a#"],
};

/** TestIsDecimalInteger. */
export const DECIMAL_INTEGER: Cases<string> = {
  good: ["0", "1", "2", "5", "9", "-5", "-1", "-9", "100", "234", "345", "456", "567", "678", "789", "890", "999", "123", "-456", "-100", "-987", "9223372036854775807", "-9223372036854775808", "12345678901234567890", "999999999999"],
  bad: ["-0", "00", "000", "0000000", "01", "02", "09", "0123", "0700", "0950", "00123", "-01", "-0123", "-00", "+123", "+5", "+0", "", "-", "+", " ", "   ", " 123", "123 ", "12 3", " 123 ", "12.3", "0.0", "-12.5", "123.", ".123", "abc", "12a3", "a123", "123a", "ABC", "12A3", "0x123", "0X123", "0o777", "0b101", "1e5", "1e-5", "1E5", "1_000", "1,000", "1.000", "1'000", "--123", "++123", "+-123", "-+123", "123-", "12-3", "123+", "12+3", "\t123", "123\t", "123\n", "123\r", "123\u0000", "123\v", "123\f", "(123)", "[123]", "{123}", "$123", "123%", "#123", "@123", "&123", "*123", "12/3", "12\\3", "12|3", "12;3", "12:3", "12?3", "12!3", "~123", "`123", "'123'", "\"123\"", "−123", "１２３", "١٢٣", "一二三", "123⁴", "123₄"],
};

/** TestIsInRange: [value, low, high]. */
export const IN_RANGE: Cases<readonly [number, number, number]> = {
  good: [[1, 0, 10], [5, 5, 20], [25, 10, 25]],
  bad: [[1, 2, 10], [5, -4, 2], [25, 100, 120]],
};

const SUBDOMAIN = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters';

/** TestIsFullyQualifiedName, messages: [name, part of the message]. Left out: the empty name, which is "Required value". */
export const FULLY_QUALIFIED_NAME_MESSAGES: readonly (readonly [string, string])[] = [
  ['k8s.io', 'should be a domain with at least three segments separated by dots'],
  ['http://foo.k8s.io', SUBDOMAIN],
  ['example@foo.k8s.io', SUBDOMAIN],
  ['A.B.C', SUBDOMAIN],
];

const WITH_UNDERSCORE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";

/** TestIsDNS1123SubdomainWithUnderscore: [name, messages]. */
export const SUBDOMAIN_WITH_UNDERSCORE: readonly (readonly [string, readonly string[]])[] = [
  ['example.com', []],
  ['_example.com', []],
  ['sub._example.com', []],
  ['sub-domain.example.com', []],
  ['sub_domain.example.com', []],
  ['', [WITH_UNDERSCORE]],
  ['Example.com', [WITH_UNDERSCORE]],
  ['-example.com', [WITH_UNDERSCORE]],
  ['example.com-', [WITH_UNDERSCORE]],
  ['example@.com', [WITH_UNDERSCORE]],
  ['a.' + '\0'.repeat(251) + '.com', ['must be no more than 253 characters', WITH_UNDERSCORE]],
  ['example..com', [WITH_UNDERSCORE]],
  ['_', [WITH_UNDERSCORE]],
];

const NAME = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const TWO_SLASHES = `a valid label key ${NAME} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;

/** TestIsDomainPrefixedKey: [key, messages]. Left out: the empty key, which is "Required value". */
export const DOMAIN_PREFIXED_KEY: readonly (readonly [string, readonly string[]])[] = [
  ['example.com/foo', []],
  ['example/com', []],
  ['example', ['must be a domain-prefixed key (such as "acme.io/foo")']],
  ['example/foo/bar', [TWO_SLASHES]],
  ['/example/foo', [TWO_SLASHES]],
  ['example.com/_e', [`name part ${NAME}`]],
  ['example.com/e_', [`name part ${NAME}`]],
  ['example.com/e?', [`name part ${NAME}`]],
  ['example.com/e_$', [`name part ${NAME}`]],
];

/** TestIsPathSegmentName and TestIsPathSegmentPrefix: [name, part of the name's message, part of the prefix's message]. */
export const PATH_SEGMENTS: readonly (readonly [string, string, string])[] = [
  ['', '', ''],
  ['foo', '', ''],
  ['foo.bar.baz', '', ''],
  ['sha256:ABCDEF012345@ABCDEF012345', '', ''],
  ['Iñtërnâtiônàlizætiøn', '', ''],
  ['.', '.', ''],
  ['.test', '', ''],
  ['..', '..', ''],
  ['..test', '', ''],
  ['foo/bar', '/', '/'],
  ['foo%bar', '%', '%'],
];

/** TestMaskTrailingDash of pkg/api/validation/generic_test.go: [before, after]. */
export const MASKED: readonly (readonly [string, string])[] = [
  ['', ''],
  ['-', '-'],
  ['-foo', '-foo'],
  ['-foo-', '-foa'],
  ['b-', 'a'],
  ['ab', 'ab'],
];
