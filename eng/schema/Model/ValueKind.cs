using System.ComponentModel;
using System.Text.Json.Serialization;

namespace NodeImage.Schema.Model;

/// <summary>What kind of value something holds.</summary>
public enum ValueKind
{
    /// <summary>Text.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>One value of a set.</summary>
    Enum,

    /// <summary>Values separated by semicolons.</summary>
    List,

    /// <summary>A file of the machine that builds.</summary>
    File,

    /// <summary>A folder of the machine that builds.</summary>
    Folder,

    /// <summary>A file or a folder of the machine that builds.</summary>
    Path,

    /// <summary>A project.</summary>
    Project,

    /// <summary>An absolute path in the image.</summary>
    [JsonStringEnumMemberName("image-path")]
    ImagePath,

    /// <summary>An address.</summary>
    Url,
}

/// <summary>A set of values.</summary>
public sealed record ValueType
{
    /// <summary>What properties and metadata call it: lower-case words joined by dashes.</summary>
    public required string Name { get; init; }

    /// <summary>What its values say.</summary>
    public required string Description { get; init; }

    /// <summary>Whether upper and lower case matter.</summary>
    public bool CaseSensitive { get; init; }

    /// <summary>A pattern of further values.</summary>
    [Description("A regular expression of all values, where those that are listed are only some of them.")]
    public string? Pattern { get; init; }

    /// <summary>The values, or some of them where there is a pattern.</summary>
    public required IReadOnlyList<NamedValue> Values { get; init; }
}

/// <summary>One value of a set.</summary>
public sealed record NamedValue
{
    /// <summary>How it is written.</summary>
    public required string Name { get; init; }

    /// <summary>What it means.</summary>
    public required string Description { get; init; }
}
