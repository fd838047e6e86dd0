using NodeImage.EndToEnd.Tests.Support;

// Builds share the machine's cores and the samples; one after the other they are as fast, and easier to follow.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(SampleImages))]
[assembly: AssemblyFixture(typeof(NodeImage.EndToEnd.Tests.Publishing.Support.PublishedImages))]
