using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NodeImage.Core.Concurrency;

/// <summary>Shares work out among all cores.</summary>
public static class AllCores
{
    /// <summary>Does something with each item; returns when all has been done.</summary>
    /// <param name="items">The items, begun in this order and one by one: the largest first leaves no core waiting at the end.</param>
    /// <param name="action">What is done, on several threads at once.</param>
    /// <param name="cancellation">Stops between items.</param>
    /// <remarks>When an action throws, no further items are begun, and its own exception comes out.</remarks>
    public static void ForEach<T>(IEnumerable<T> items, Action<T> action, CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        try
        {
            Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), options, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
