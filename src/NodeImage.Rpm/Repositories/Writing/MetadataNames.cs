namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>The XML namespaces of a repository's metadata (createrepo_c's <c>src/xml_dump.h</c>).</summary>
internal static class MetadataNames
{
    public const string Common = "http://linux.duke.edu/metadata/common";

    public const string Rpm = "http://linux.duke.edu/metadata/rpm";

    public const string FileLists = "http://linux.duke.edu/metadata/filelists";

    public const string Other = "http://linux.duke.edu/metadata/other";

    public const string Index = "http://linux.duke.edu/metadata/repo";
}
