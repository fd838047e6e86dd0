namespace NodeImage.Compose.Engines.Managed;

/// <summary>Uses a second core while the first does what can only be done step by step.</summary>
internal static class SideWork
{
    /// <summary>Does two things at once; returns when both have ended.</summary>
    /// <param name="work">What is done on the caller's thread; when it fails, its exception is the one that counts.</param>
    /// <param name="beside">What is done beside it.</param>
    public static void Run(Action work, Action beside)
    {
        var task = Task.Run(beside);
        try
        {
            work();
        }
        finally
        {
            Task.WhenAny(task).GetAwaiter().GetResult();
        }

        task.GetAwaiter().GetResult();
    }
}
