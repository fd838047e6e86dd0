using NodeImage.EndToEnd.Tests.Support;

// Builds share the machine's cores and the samples; one after the other they are as fast, and easier to follow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(SampleImages))]
