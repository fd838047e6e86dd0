using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles;

/// <summary>What can be wrong with treefiles, and with the files beside them.</summary>
public static class TreefileDiagnostics
{
    /// <summary>A document is no YAML or JSON. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor Malformed = new(
        "NI1201",
        "A treefile cannot be read",
        "'{0}' is malformed: {1} Correct the file at this place.");

    /// <summary>A document holds more than any honest one. Arguments: the file, what there is too much of.</summary>
    public static readonly DiagnosticDescriptor TooLarge = new(
        "NI1202",
        "A treefile is too large",
        "'{0}' is not read: {1}. Split it, or look where it comes from.");

    /// <summary>A field is unknown. Arguments: the field, the name that is near, as a question, or nothing.</summary>
    public static readonly DiagnosticDescriptor UnknownField = new(
        "NI1203",
        "A treefile has an unknown field",
        "'{0}' is no field of a treefile.{1} rpm-ostree would refuse it too.");

    /// <summary>A value is of the wrong type. Arguments: the field, what it must be, what it is.</summary>
    public static readonly DiagnosticDescriptor WrongType = new(
        "NI1204",
        "A field of a treefile has a value of the wrong type",
        "'{0}' must be {1}, but is {2}. Numbers and truth values that are meant as texts are written in quotes.");

    /// <summary>A value makes no sense. Arguments: the field, the value, what is wrong with it.</summary>
    public static readonly DiagnosticDescriptor InvalidValue = new(
        "NI1205",
        "A field of a treefile has a value that makes no sense",
        "'{0}' cannot be '{1}': {2}.");

    /// <summary>A key stands twice. Arguments: the key.</summary>
    public static readonly DiagnosticDescriptor RepeatedKey = new(
        "NI1206",
        "A key stands twice",
        "'{0}' stands twice in one mapping. Keep one, or join the two.");

    /// <summary>A file that a treefile names is not there. Arguments: the path as it is written, the path where it was looked for, the file that names it.</summary>
    public static readonly DiagnosticDescriptor FileMissing = new(
        "NI1207",
        "A file that a treefile names is missing",
        "'{0}' does not exist at '{1}', where '{2}' looks for it. Where it belongs to a git submodule, run 'git submodule update --init', or say where the folder is with the metadata Folders of the Treefile item (Folders=\"fedora-coreos-config=../fedora-coreos-config\").");

    /// <summary>A path leads out of the treefile's folder. Arguments: the path, the root.</summary>
    public static readonly DiagnosticDescriptor OutsideRoot = new(
        "NI1208",
        "A treefile names a file outside its folder",
        "'{0}' leads out of '{1}'. Move the file inside, or say how far treefiles may look with the metadata Root of the Treefile item.");

    /// <summary>A file is included a second time. Arguments: the file.</summary>
    public static readonly DiagnosticDescriptor IncludedTwice = new(
        "NI1209",
        "A treefile is included twice",
        "'{0}' has been included before; rpm-ostree takes that for a loop. Include it in one place.");

    /// <summary>Includes lie too deep, or are too many. Arguments: what there is too much of.</summary>
    public static readonly DiagnosticDescriptor TooManyIncludes = new(
        "NI1210",
        "A treefile includes too much",
        "Includes come to an end here: {0}. Include less.");

    /// <summary>A condition is malformed. Arguments: the condition.</summary>
    public static readonly DiagnosticDescriptor BadCondition = new(
        "NI1211",
        "A condition of a treefile is malformed",
        "'{0}' is no condition. Write a variable, one of == != < <= > >=, and true, false, a number or a text in quotes: osversion == \"rhel-9.8\".");

    /// <summary>A variable is not defined. Arguments: the variable, the name that is near, as a question, or nothing.</summary>
    public static readonly DiagnosticDescriptor UndefinedVariable = new(
        "NI1212",
        "A variable of a treefile is not defined",
        "Nothing defines the variable '{0}'.{1} Give it in the metadata Variables of the Treefile item (Variables=\"{0}=...\"), or under 'variables' of the treefile.");

    /// <summary>A condition compares what cannot be compared. Arguments: the condition, the variable, what the variable is.</summary>
    public static readonly DiagnosticDescriptor IncomparableVariable = new(
        "NI1213",
        "A condition compares values of different types",
        "'{0}' cannot be decided: {1} is {2}. Only values of one type are compared, and only numbers with < <= > >=.");

    /// <summary>A field has no effect where it stands. Arguments: the field.</summary>
    public static readonly DiagnosticDescriptor NotInline = new(
        "NI1214",
        "A field has no effect in an inline include",
        "rpm-ostree passes over '{0}' in an inline conditional-include. Put it into a file, and include that.");

    /// <summary>A field belongs to origins. Arguments: the field.</summary>
    public static readonly DiagnosticDescriptor DeriveField = new(
        "NI1215",
        "A field is not for composing",
        "'{0}' belongs to a client's origin, and composing with it fails. Remove it; a layered image is a project with OSImageKind Layered.");

    /// <summary>A kickstart file is included. Arguments: the file.</summary>
    public static readonly DiagnosticDescriptor Kickstart = new(
        "NI1216",
        "Kickstart files are not read",
        "'{0}' is a kickstart file, which is not read. Move its packages into a treefile.");

    /// <summary>A variable is reserved. Arguments: the variable.</summary>
    public static readonly DiagnosticDescriptor ReservedVariable = new(
        "NI1217",
        "A variable of a treefile is reserved",
        "The variable '{0}' cannot be defined: it is the image's own. basearch follows the RuntimeIdentifier, and releasever is a field.");

    /// <summary>A field stands in the old and the new spelling. Arguments: the field, the old spelling.</summary>
    public static readonly DiagnosticDescriptor BothSpellings = new(
        "NI1218",
        "A field stands in two spellings",
        "'{0}' stands here as '{1}' too. Keep '{0}'.");

    /// <summary>A field of an included file has no effect. Arguments: the field.</summary>
    public static readonly DiagnosticDescriptor OnlyAtTop = new(
        "NI1219",
        "A field has no effect in an included treefile",
        "rpm-ostree takes '{0}' from the treefile that is composed, and passes over it in one that is included. Move it there.",
        DiagnosticSeverity.Warning);

    /// <summary>A treefile is for another architecture. Arguments: its architecture, the image's.</summary>
    public static readonly DiagnosticDescriptor OtherArchitecture = new(
        "NI1220",
        "A treefile is for another architecture",
        "The treefile is for {0} (basearch), but the image is for {1}. Use the treefile for its own architecture, or remove 'basearch'.");

    /// <summary>A repository file is malformed. Arguments: the file, what is wrong.</summary>
    public static readonly DiagnosticDescriptor RepoFileMalformed = new(
        "NI1221",
        "A repository file cannot be read",
        "'{0}' is malformed: {1} Correct the file.");

    /// <summary>A lock file says what it cannot. Arguments: the package or key, what is wrong.</summary>
    public static readonly DiagnosticDescriptor LockMalformed = new(
        "NI1222",
        "A lock file of rpm-ostree cannot be read",
        "'{0}' of the lock file makes no sense: {1}. Have rpm-ostree write the file anew, or correct it.");

    /// <summary>A list of extensions says what it cannot. Arguments: the key, what is wrong.</summary>
    public static readonly DiagnosticDescriptor ExtensionsMalformed = new(
        "NI1223",
        "A list of extensions cannot be read",
        "'{0}' of the list of extensions makes no sense: {1}. Correct it.");
}
