namespace NodeImage.Rpm.Packages;

/// <summary>
/// What type the data of each known header entry must have, from the comments in rpm's <c>include/rpm/rpmtag.h</c>.
/// rpm refuses a package whose header says otherwise (<c>hdrchkTagType</c> in <c>lib/header.c</c>).
/// </summary>
internal static class RpmTagTypes
{
    /// <summary>Whether an entry of a package's header may have a type.</summary>
    /// <param name="tag">The entry's tag.</param>
    /// <param name="type">The type that the header gives it.</param>
    /// <returns>False only for a known tag of another type. The three types of strings stand in for each other.</returns>
    public static bool IsAllowed(int tag, RpmTagType type) => OfTag(tag) switch
    {
        RpmTagType.Null => true,
        RpmTagType.String => type is RpmTagType.String or RpmTagType.StringArray or RpmTagType.I18NString,
        var expected => type == expected,
    };

    // All strings are answered with String, whichever of the three types they are.
    private static RpmTagType OfTag(int tag) => tag switch
    {
        1029 => RpmTagType.Char,
        1030 or 1033 => RpmTagType.Int16,
        257 or 277 or 1003 or 1006 or (>= 1008 and <= 1009) or 1028 or 1034 or 1037 or 1045 or 1046 or 1048
            or (>= 1051 and <= 1053) or 1068 or 1069 or 1080 or 1095 or 1096 or 1106 or 1112 or 1114 or 1116 or 1119
            or (>= 1127 and <= 1129) or 1134 or 1140 or 1141 or (>= 1143 and <= 1145) or 1158 or 1161 or 1195 or 5011
            or (>= 5017 and <= 5027) or 5032 or 5033 or 5037 or 5045 or 5048 or 5051 or 5054 or 5057 or 5068 or 5070
            or 5072 or 5078 or 5080 or 5082 or 5084 or 5085 or 5091 or 5093 or 5107 or 5108 or 5114 or 5115
            or 5119 => RpmTagType.Int32,
        270 or 271 or 5008 or 5009 or 5112 or 5113 => RpmTagType.Int64,
        63 or 259 or 261 or 262 or 267 or 268 or 1012 or 1013 or 1043 or 1146 => RpmTagType.Bin,
        100 or 266 or 269 or 273 or 276 or 278 or 279 or (>= 1000 and <= 1002) or 1004 or 1005 or 1007 or 1010 or 1011
            or (>= 1014 and <= 1016) or (>= 1018 and <= 1027) or 1035 or 1036 or 1039 or 1040 or 1044 or 1047 or 1049
            or 1050 or 1054 or 1055 or (>= 1059 and <= 1062) or (>= 1064 and <= 1067) or 1079 or 1081 or 1082
            or (>= 1085 and <= 1092) or 1094 or (>= 1097 and <= 1099) or 1113 or 1115 or 1117 or 1118
            or (>= 1120 and <= 1126) or (>= 1132 and <= 1133) or 1135 or 1142 or (>= 1147 and <= 1157) or 1159 or 1160
            or 1196 or (>= 5000 and <= 5002) or (>= 5005 and <= 5007) or 5010 or (>= 5012 and <= 5016) or 5030 or 5031
            or (>= 5034 and <= 5036) or (>= 5040 and <= 5044) or 5046 or 5047 or 5049 or 5050 or 5052 or 5053 or 5055
            or 5056 or (>= 5058 and <= 5062) or 5066 or 5067 or 5069 or 5071 or 5076 or 5077 or 5079 or 5081
            or (>= 5086 and <= 5090) or 5092 or (>= 5096 and <= 5101) or (>= 5103 and <= 5106) or 5109
            or (>= 5116 and <= 5118) or (>= 5120 and <= 5124) => RpmTagType.String,
        _ => RpmTagType.Null,
    };
}
