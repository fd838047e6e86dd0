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

        if (call.Arguments[0].StartsWith('-'))
        {
            throw call.Unsupported(call.Arguments[0]);
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
                    's' => next < call.Arguments.Count ? call.Arguments[next++] : "",
                    'd' => next < call.Arguments.Count ? Number(call, call.Arguments[next++]) : "0",
                    _ => throw call.Unsupported(format),
                });
            }
            else
            {
                text.Append(c is '\\' or '%' ? throw call.Unsupported(format) : c);
            }
        }
    }

    // Octal numbers, characters and what is no number at all are the image's own printf's to judge.
    private static string Number(CommandCall call, string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) && (text == "0" || text.TrimStart('-')[0] is > '0' and <= '9')
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : throw call.Unsupported(text);
}
