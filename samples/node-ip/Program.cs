using NodeIP;

// node-ip [FILE]: writes the address that this node should be known by, as an environment file for the kubelet's unit.
if (args.Length > 1)
{
    Console.Error.WriteLine("usage: node-ip [FILE]");
    return 2;
}

if (AddressChooser.Choose(Interfaces.Read()) is not { } address)
{
    Console.Error.WriteLine("node-ip: no interface has an address that other nodes could reach.");
    return 1;
}

var line = $"KUBELET_NODE_IP={address}\n";
if (args is [var file])
{
    // Aside and renamed: the kubelet must not read half of it.
    File.WriteAllText(file + ".new", line);
    File.Move(file + ".new", file, overwrite: true);
}
else
{
    Console.Write(line);
}

return 0;
