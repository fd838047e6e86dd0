using System.Text;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>printf</c> with <c>%s</c>, <c>%d</c> and the usual escapes; the format is used again while arguments are left.</summary>
internal sealed class PrintfCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["printf"];

    public int Run(CommandCall call)
    {
        if (call.Arguments.Count == 0)
        {
            return call.Fail(2, "no format");
        }

        var text = new StringBuilder();
        var next = 1;
        do
        {
            var before = next;
            Format(call, text, ref next);
            if (next == before)
            {
                break;
            }
        }
        while (next < call.Arguments.Count);
        call.Streams.Output.Write(text.ToString());
        return 0;
    }

    private static void Format(CommandCall call, StringBuilder text, ref int next)
    {
        var format = call.Arguments[0];
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c == '\\' && i + 1 < format.Length)
            {
                text.Append(format[++i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    '\\' => '\\',
                    '"' => '"',
                    _ => throw call.Unsupported(format),
                });
            }
            else if (c == '%' && i + 1 < format.Length)
            {
                text.Append(format[++i] switch
                {
                    '%' => "%",
                    's' or 'd' => next < call.Arguments.Count ? call.Arguments[next++] : format[i] == 'd' ? "0" : "",
                    _ => throw call.Unsupported(format),
                });
            }
            else
            {
                text.Append(c);
            }
        }
    }
}
