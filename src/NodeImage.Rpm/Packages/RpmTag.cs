namespace NodeImage.Rpm.Packages;

/// <summary>
/// What a header entry says. Numbers are those of rpm's <c>include/rpm/rpmtag.h</c>; a header may hold others, which are kept
/// as they are. In a signature header some numbers mean something else: see <see cref="RpmSignatureTag"/>.
/// </summary>
public enum RpmTag
{
    /// <summary>The region of a header that was made before headers were signed whole.</summary>
    HeaderImage = 61,

    /// <summary>The region of a signature header.</summary>
    HeaderSignatures = 62,

    /// <summary>The region of a package's header: what digests and signatures cover.</summary>
    HeaderImmutable = 63,

    /// <summary>The locales of translated strings.</summary>
    HeaderI18NTable = 100,

    /// <summary>The size of header and payload, taken over from the signature header.</summary>
    SigSize = 257,

    /// <summary>The OpenPGP signature of header and payload by an RSA key, taken over from the signature header.</summary>
    SigPgp = 259,

    /// <summary>The MD5 digest of header and payload, taken over from the signature header.</summary>
    SigMd5 = 261,

    /// <summary>The OpenPGP signature of header and payload by a DSA or EdDSA key, taken over from the signature header.</summary>
    SigGpg = 262,

    /// <summary>Armoured public keys that the package carries.</summary>
    PubKeys = 266,

    /// <summary>The OpenPGP signature of the header by a DSA or EdDSA key.</summary>
    DsaHeader = 267,

    /// <summary>The OpenPGP signature of the header by an RSA key.</summary>
    RsaHeader = 268,

    /// <summary>The SHA-1 digest of the header, hexadecimal.</summary>
    Sha1Header = 269,

    /// <summary>The size of header and payload where four bytes are too few.</summary>
    LongSigSize = 270,

    /// <summary>The size of the payload in the clear where four bytes are too few.</summary>
    LongArchiveSize = 271,

    /// <summary>The SHA-256 digest of the header, hexadecimal.</summary>
    Sha256Header = 273,

    /// <summary>The fs-verity signatures of the files, base64.</summary>
    VeritySignatures = 276,

    /// <summary>The digest algorithm of the fs-verity signatures.</summary>
    VeritySignatureAlgorithm = 277,

    /// <summary>The OpenPGP signatures of the header, base64 (package format 6).</summary>
    OpenPgp = 278,

    /// <summary>The SHA3-256 digest of the header, hexadecimal (package format 6).</summary>
    Sha3Header = 279,

    /// <summary>The package's name.</summary>
    Name = 1000,

    /// <summary>Its version.</summary>
    Version = 1001,

    /// <summary>Its release.</summary>
    Release = 1002,

    /// <summary>Its epoch.</summary>
    Epoch = 1003,

    /// <summary>One line that says what the package is.</summary>
    Summary = 1004,

    /// <summary>Some lines that say what the package is.</summary>
    Description = 1005,

    /// <summary>When it was built, in seconds since 1970.</summary>
    BuildTime = 1006,

    /// <summary>The machine that it was built on.</summary>
    BuildHost = 1007,

    /// <summary>When it was installed, in seconds since 1970.</summary>
    InstallTime = 1008,

    /// <summary>The size of its files.</summary>
    Size = 1009,

    /// <summary>The distribution that it is made for.</summary>
    Distribution = 1010,

    /// <summary>Who makes it.</summary>
    Vendor = 1011,

    /// <summary>Its licence.</summary>
    License = 1014,

    /// <summary>Who packaged it.</summary>
    Packager = 1015,

    /// <summary>The group of packages that it is in.</summary>
    Group = 1016,

    /// <summary>The sources that a source package holds.</summary>
    Source = 1018,

    /// <summary>The patches that a source package holds.</summary>
    Patch = 1019,

    /// <summary>Where its project lives.</summary>
    Url = 1020,

    /// <summary>The operating system that it is for.</summary>
    Os = 1021,

    /// <summary>The architecture that it is for.</summary>
    Arch = 1022,

    /// <summary>The script that runs before the package is installed.</summary>
    PreInstall = 1023,

    /// <summary>The script that runs after the package is installed.</summary>
    PostInstall = 1024,

    /// <summary>The script that runs before the package is removed.</summary>
    PreUninstall = 1025,

    /// <summary>The script that runs after the package is removed.</summary>
    PostUninstall = 1026,

    /// <summary>Whole paths, as very old packages list them.</summary>
    OldFileNames = 1027,

    /// <summary>File sizes.</summary>
    FileSizes = 1028,

    /// <summary>The state of each file of an installed package.</summary>
    FileStates = 1029,

    /// <summary>File modes.</summary>
    FileModes = 1030,

    /// <summary>Device numbers of device nodes.</summary>
    FileRdevs = 1033,

    /// <summary>File times, in seconds since 1970.</summary>
    FileMtimes = 1034,

    /// <summary>File digests, hexadecimal.</summary>
    FileDigests = 1035,

    /// <summary>Targets of symbolic links.</summary>
    FileLinkTos = 1036,

    /// <summary>File flags.</summary>
    FileFlags = 1037,

    /// <summary>File owners.</summary>
    FileUserName = 1039,

    /// <summary>File groups.</summary>
    FileGroupName = 1040,

    /// <summary>An icon.</summary>
    Icon = 1043,

    /// <summary>The file name of the source package.</summary>
    SourceRpm = 1044,

    /// <summary>What is compared when files are verified.</summary>
    FileVerifyFlags = 1045,

    /// <summary>The size of the payload in the clear.</summary>
    ArchiveSize = 1046,

    /// <summary>Names of what is provided.</summary>
    ProvideName = 1047,

    /// <summary>Flags of what is required.</summary>
    RequireFlags = 1048,

    /// <summary>Names of what is required.</summary>
    RequireName = 1049,

    /// <summary>Versions of what is required.</summary>
    RequireVersion = 1050,

    /// <summary>Sources that the source package leaves out.</summary>
    NoSource = 1051,

    /// <summary>Patches that the source package leaves out.</summary>
    NoPatch = 1052,

    /// <summary>Flags of what the package conflicts with.</summary>
    ConflictFlags = 1053,

    /// <summary>Names of what the package conflicts with.</summary>
    ConflictName = 1054,

    /// <summary>Versions of what the package conflicts with.</summary>
    ConflictVersion = 1055,

    /// <summary>Architectures that a source package cannot be built for.</summary>
    ExcludeArch = 1059,

    /// <summary>The only architectures that a source package can be built for.</summary>
    ExclusiveArch = 1061,

    /// <summary>The rpm that built the package.</summary>
    RpmVersion = 1064,

    /// <summary>Scripts of triggers.</summary>
    TriggerScripts = 1065,

    /// <summary>Packages that triggers wait for.</summary>
    TriggerName = 1066,

    /// <summary>Versions of packages that triggers wait for.</summary>
    TriggerVersion = 1067,

    /// <summary>Flags of packages that triggers wait for.</summary>
    TriggerFlags = 1068,

    /// <summary>The script that each condition of a trigger belongs to.</summary>
    TriggerIndex = 1069,

    /// <summary>The script that verifies the package.</summary>
    VerifyScript = 1079,

    /// <summary>Times of the change log.</summary>
    ChangelogTime = 1080,

    /// <summary>Authors of the change log.</summary>
    ChangelogName = 1081,

    /// <summary>Texts of the change log.</summary>
    ChangelogText = 1082,

    /// <summary>The interpreter of <see cref="PreInstall"/>.</summary>
    PreInstallProgram = 1085,

    /// <summary>The interpreter of <see cref="PostInstall"/>.</summary>
    PostInstallProgram = 1086,

    /// <summary>The interpreter of <see cref="PreUninstall"/>.</summary>
    PreUninstallProgram = 1087,

    /// <summary>The interpreter of <see cref="PostUninstall"/>.</summary>
    PostUninstallProgram = 1088,

    /// <summary>Names of what the package takes the place of.</summary>
    ObsoleteName = 1090,

    /// <summary>The interpreter of <see cref="VerifyScript"/>.</summary>
    VerifyScriptProgram = 1091,

    /// <summary>Interpreters of triggers.</summary>
    TriggerScriptProgram = 1092,

    /// <summary>What tells one build from every other.</summary>
    Cookie = 1094,

    /// <summary>Devices that files were on when the package was built.</summary>
    FileDevices = 1095,

    /// <summary>Numbers that hard links of one file have in common.</summary>
    FileInodes = 1096,

    /// <summary>Locales that files belong to.</summary>
    FileLangs = 1097,

    /// <summary>Folders that a relocatable package can be moved from.</summary>
    Prefixes = 1098,

    /// <summary>Folders that a relocatable package was moved to.</summary>
    InstPrefixes = 1099,

    /// <summary>Whether it is a source package.</summary>
    SourcePackage = 1106,

    /// <summary>Flags of what is provided.</summary>
    ProvideFlags = 1112,

    /// <summary>Versions of what is provided.</summary>
    ProvideVersion = 1113,

    /// <summary>Flags of what the package takes the place of.</summary>
    ObsoleteFlags = 1114,

    /// <summary>Versions of what the package takes the place of.</summary>
    ObsoleteVersion = 1115,

    /// <summary>The folder of each file, an index into <see cref="DirNames"/>.</summary>
    DirIndexes = 1116,

    /// <summary>File names without their folders.</summary>
    BaseNames = 1117,

    /// <summary>Folders, each ended by a slash.</summary>
    DirNames = 1118,

    /// <summary>The folder of each file before it was relocated.</summary>
    OrigDirIndexes = 1119,

    /// <summary>File names before they were relocated.</summary>
    OrigBaseNames = 1120,

    /// <summary>Folders before they were relocated.</summary>
    OrigDirNames = 1121,

    /// <summary>Compiler options.</summary>
    OptFlags = 1122,

    /// <summary>Where the distribution is described.</summary>
    DistUrl = 1123,

    /// <summary>The payload's archive format.</summary>
    PayloadFormat = 1124,

    /// <summary>What the payload is compressed with.</summary>
    PayloadCompressor = 1125,

    /// <summary>How the payload is compressed.</summary>
    PayloadFlags = 1126,

    /// <summary>The architectures that the installing system was made for.</summary>
    InstallColor = 1127,

    /// <summary>The transaction that installed the package.</summary>
    InstallTid = 1128,

    /// <summary>The platform that it is for.</summary>
    Platform = 1132,

    /// <summary>The architectures of binaries, as bits.</summary>
    FileColors = 1140,

    /// <summary>The kind of each file, an index into <see cref="ClassDict"/>.</summary>
    FileClass = 1141,

    /// <summary>Kinds of files.</summary>
    ClassDict = 1142,

    /// <summary>Where each file's dependencies begin.</summary>
    FileDependsX = 1143,

    /// <summary>How many dependencies each file has.</summary>
    FileDependsN = 1144,

    /// <summary>Dependencies of files.</summary>
    DependsDict = 1145,

    /// <summary>The MD5 digest of the source package.</summary>
    SourceSigMd5 = 1146,

    /// <summary>The script that runs before the transaction.</summary>
    PreTransaction = 1151,

    /// <summary>The script that runs after the transaction.</summary>
    PostTransaction = 1152,

    /// <summary>The interpreter of <see cref="PreTransaction"/>.</summary>
    PreTransactionProgram = 1153,

    /// <summary>The interpreter of <see cref="PostTransaction"/>.</summary>
    PostTransactionProgram = 1154,

    /// <summary>The distribution's short name.</summary>
    DistTag = 1155,

    /// <summary>File sizes where four bytes are too few.</summary>
    LongFileSizes = 5008,

    /// <summary>The size of the files where four bytes are too few.</summary>
    LongSize = 5009,

    /// <summary>File capabilities, as text.</summary>
    FileCaps = 5010,

    /// <summary>The digest algorithm of <see cref="FileDigests"/>, an OpenPGP number.</summary>
    FileDigestAlgorithm = 5011,

    /// <summary>Where defects are reported.</summary>
    BugUrl = 5012,

    /// <summary>Flags of <see cref="PreInstall"/>.</summary>
    PreInstallFlags = 5020,

    /// <summary>Flags of <see cref="PostInstall"/>.</summary>
    PostInstallFlags = 5021,

    /// <summary>Flags of <see cref="PreUninstall"/>.</summary>
    PreUninstallFlags = 5022,

    /// <summary>Flags of <see cref="PostUninstall"/>.</summary>
    PostUninstallFlags = 5023,

    /// <summary>Flags of <see cref="PreTransaction"/>.</summary>
    PreTransactionFlags = 5024,

    /// <summary>Flags of <see cref="PostTransaction"/>.</summary>
    PostTransactionFlags = 5025,

    /// <summary>Flags of <see cref="VerifyScript"/>.</summary>
    VerifyScriptFlags = 5026,

    /// <summary>Flags of <see cref="TriggerScripts"/>.</summary>
    TriggerScriptFlags = 5027,

    /// <summary>Where the sources are kept.</summary>
    Vcs = 5034,

    /// <summary>Names of what only matters for the order of packages.</summary>
    OrderName = 5035,

    /// <summary>Versions of what only matters for the order of packages.</summary>
    OrderVersion = 5036,

    /// <summary>Flags of what only matters for the order of packages.</summary>
    OrderFlags = 5037,

    /// <summary>Names of what is recommended.</summary>
    RecommendName = 5046,

    /// <summary>Versions of what is recommended.</summary>
    RecommendVersion = 5047,

    /// <summary>Flags of what is recommended.</summary>
    RecommendFlags = 5048,

    /// <summary>Names of what is suggested.</summary>
    SuggestName = 5049,

    /// <summary>Versions of what is suggested.</summary>
    SuggestVersion = 5050,

    /// <summary>Flags of what is suggested.</summary>
    SuggestFlags = 5051,

    /// <summary>Names of what the package supplements.</summary>
    SupplementName = 5052,

    /// <summary>Versions of what the package supplements.</summary>
    SupplementVersion = 5053,

    /// <summary>Flags of what the package supplements.</summary>
    SupplementFlags = 5054,

    /// <summary>Names of what the package enhances.</summary>
    EnhanceName = 5055,

    /// <summary>Versions of what the package enhances.</summary>
    EnhanceVersion = 5056,

    /// <summary>Flags of what the package enhances.</summary>
    EnhanceFlags = 5057,

    /// <summary>The encoding of strings.</summary>
    Encoding = 5062,

    /// <summary>Scripts of file triggers.</summary>
    FileTriggerScripts = 5066,

    /// <summary>Interpreters of file triggers.</summary>
    FileTriggerScriptProgram = 5067,

    /// <summary>Flags of <see cref="FileTriggerScripts"/>.</summary>
    FileTriggerScriptFlags = 5068,

    /// <summary>Path prefixes that file triggers wait for.</summary>
    FileTriggerName = 5069,

    /// <summary>The script that each prefix belongs to.</summary>
    FileTriggerIndex = 5070,

    /// <summary>Versions of file triggers, empty.</summary>
    FileTriggerVersion = 5071,

    /// <summary>Flags of file triggers.</summary>
    FileTriggerFlags = 5072,

    /// <summary>Scripts of transaction file triggers.</summary>
    TransFileTriggerScripts = 5076,

    /// <summary>Interpreters of transaction file triggers.</summary>
    TransFileTriggerScriptProgram = 5077,

    /// <summary>Flags of <see cref="TransFileTriggerScripts"/>.</summary>
    TransFileTriggerScriptFlags = 5078,

    /// <summary>Path prefixes that transaction file triggers wait for.</summary>
    TransFileTriggerName = 5079,

    /// <summary>The script that each prefix belongs to.</summary>
    TransFileTriggerIndex = 5080,

    /// <summary>Versions of transaction file triggers, empty.</summary>
    TransFileTriggerVersion = 5081,

    /// <summary>Flags of transaction file triggers.</summary>
    TransFileTriggerFlags = 5082,

    /// <summary>Priorities of file triggers.</summary>
    FileTriggerPriorities = 5084,

    /// <summary>Priorities of transaction file triggers.</summary>
    TransFileTriggerPriorities = 5085,

    /// <summary>IMA signatures of files, hexadecimal.</summary>
    FileSignatures = 5090,

    /// <summary>The length of an IMA signature.</summary>
    FileSignatureLength = 5091,

    /// <summary>The SHA-256 digest of the payload as it is stored, hexadecimal.</summary>
    PayloadSha256 = 5092,

    /// <summary>The digest algorithm of <see cref="PayloadSha256"/>.</summary>
    PayloadSha256Algorithm = 5093,

    /// <summary>The module that the package was built in.</summary>
    ModularityLabel = 5096,

    /// <summary>The SHA-256 digest of the payload in the clear, hexadecimal.</summary>
    PayloadSha256Alt = 5097,

    /// <summary>The script that runs before a transaction that removes the package.</summary>
    PreUninstallTransaction = 5103,

    /// <summary>The script that runs after a transaction that removes the package.</summary>
    PostUninstallTransaction = 5104,

    /// <summary>The interpreter of <see cref="PreUninstallTransaction"/>.</summary>
    PreUninstallTransactionProgram = 5105,

    /// <summary>The interpreter of <see cref="PostUninstallTransaction"/>.</summary>
    PostUninstallTransactionProgram = 5106,

    /// <summary>Flags of <see cref="PreUninstallTransaction"/>.</summary>
    PreUninstallTransactionFlags = 5107,

    /// <summary>Flags of <see cref="PostUninstallTransaction"/>.</summary>
    PostUninstallTransactionFlags = 5108,

    /// <summary>The size of the payload as it is stored.</summary>
    PayloadSize = 5112,

    /// <summary>The size of the payload in the clear.</summary>
    PayloadSizeAlt = 5113,

    /// <summary>The package format, 6 for packages in the format of rpm 6.</summary>
    RpmFormat = 5114,

    /// <summary>The MIME type of each file, an index into <see cref="MimeDict"/>.</summary>
    FileMimeIndex = 5115,

    /// <summary>MIME types.</summary>
    MimeDict = 5116,

    /// <summary>Digests of the package file that was installed.</summary>
    PackageDigests = 5118,

    /// <summary>Algorithms of <see cref="PackageDigests"/>.</summary>
    PackageDigestAlgorithms = 5119,

    /// <summary>The source package's name, epoch, version and release.</summary>
    SourceNevr = 5120,

    /// <summary>The SHA-512 digest of the payload as it is stored, hexadecimal.</summary>
    PayloadSha512 = 5121,

    /// <summary>The SHA-512 digest of the payload in the clear, hexadecimal.</summary>
    PayloadSha512Alt = 5122,

    /// <summary>The SHA3-256 digest of the payload as it is stored, hexadecimal.</summary>
    PayloadSha3 = 5123,

    /// <summary>The SHA3-256 digest of the payload in the clear, hexadecimal.</summary>
    PayloadSha3Alt = 5124,
}
