using NodeImage.EndToEnd.Tests.Support;

// Two at a time: much of a build is the work of one thread. What they share, the samples and the published images, is made once.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections, MaxThreads = 2)]
[assembly: AssemblyFixture(typeof(SampleImages))]
[assembly: AssemblyFixture(typeof(NodeImage.EndToEnd.Tests.Publishing.Support.PublishedImages))]
