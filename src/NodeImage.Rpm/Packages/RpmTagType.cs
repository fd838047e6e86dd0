namespace NodeImage.Rpm.Packages;

/// <summary>How the data of a header entry is stored. The values are those of <c>rpmTagType</c> in rpm's <c>rpmtypes.h</c>.</summary>
public enum RpmTagType
{
    /// <summary>No data.</summary>
    Null = 0,

    /// <summary>Single bytes that stand for characters.</summary>
    Char = 1,

    /// <summary>Single bytes.</summary>
    Int8 = 2,

    /// <summary>Two bytes, most significant first.</summary>
    Int16 = 3,

    /// <summary>Four bytes, most significant first.</summary>
    Int32 = 4,

    /// <summary>Eight bytes, most significant first.</summary>
    Int64 = 5,

    /// <summary>One string, ended by a zero byte.</summary>
    String = 6,

    /// <summary>Bytes.</summary>
    Bin = 7,

    /// <summary>Strings, each ended by a zero byte.</summary>
    StringArray = 8,

    /// <summary>Strings, one for each locale of the header's locale table.</summary>
    I18NString = 9,
}
