// MSBuild builds in the process, and has it work in the project's folder.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
