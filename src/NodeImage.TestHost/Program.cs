using Microsoft.Testing.Extensions;
using Microsoft.Testing.Platform.Builder;
using NodeImage.TestHost;

// Tests images under Microsoft.Testing.Platform, which is what "dotnet test" speaks to where global.json names it as the runner.
var builder = await TestApplication.CreateBuilderAsync(ReportName.Add(args));
builder.RegisterTestFramework(_ => new ImageTestCapabilities(), (_, services) => new ImageTestFramework(services));
builder.CommandLine.AddProvider(() => new ImageTestOptions());
builder.AddTrxReportProvider();
using var application = await builder.BuildAsync();
return await application.RunAsync();
