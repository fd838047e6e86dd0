namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>
/// A script goes beyond what is understood here. It says nothing against the script: it is run by the image's own shell then.
/// </summary>
/// <param name="reason">What is not understood, for the user.</param>
internal sealed class UnsupportedScriptException(string reason) : Exception(reason);
