namespace NodeImage.Compose.Passes;

/// <summary>
/// Asks for the module indexes of every new kernel. Packages leave that to <c>kernel-install</c>, which would do much else
/// that is not for an image.
/// </summary>
internal sealed class ModuleIndexPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        foreach (var kernel in ImageKernels.Of(context.Tree).Where(kernel => ImageKernels.IsNew(context, kernel)))
        {
            context.Machine.RequestModuleIndex(kernel);
        }
    }
}
