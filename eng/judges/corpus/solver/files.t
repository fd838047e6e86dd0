# A file is as good as a capability.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
#>=Req: /opt/tool
#>=Pkg: tool 1 1 noarch
#>=Prv: tool = 1-1
#>=Fls: /opt/tool
system x86_64 rpm system
job install name a
result transaction,problems <inline>
#>install a-1-1.noarch@one
#>install tool-1-1.noarch@one
